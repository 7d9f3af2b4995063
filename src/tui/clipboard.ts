/**
 * OSC 52 (xterm's ctlseqs): the terminal puts the text into the clipboard of the machine that it runs on, also over
 * ssh. tmux takes it where `set-clipboard` is on; within GNU screen it has to be passed on.
 */
export function copySequence(text: string, env: NodeJS.ProcessEnv): string {
  const sequence = `\u001b]52;c;${Buffer.from(text, 'utf8').toString('base64')}\u0007`;
  return env.STY && !env.TMUX ? `\u001bP${sequence}\u001b\\` : sequence;
}
