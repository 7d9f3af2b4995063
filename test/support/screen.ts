import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { execa } from 'execa';
import { BIN, type Project } from './project.ts';
import { until } from './until.ts';

/** A real pseudo-terminal with a shell in it, by tmux: what is typed reaches programs as it does from a keyboard. */
export interface Screen extends AsyncDisposable {
  /** Runs devenv with these arguments, as typed; `ended` tells its exit code. */
  devenv(line: string): Promise<void>;
  /** Types a line and Enter. */
  line(text: string): Promise<void>;
  /** Presses keys by tmux's names, such as `C-c`: several in one piece. */
  press(...keys: readonly string[]): Promise<void>;
  /** Types text as it comes from a keyboard, key by key. */
  type(text: string): Promise<void>;
  resize(columns: number, rows: number): Promise<void>;
  /** What it shows at this moment, once that matches; with `looks` also the colours, as escape sequences. */
  shows(pattern: RegExp, options?: { readonly looks?: boolean }): Promise<string>;
  /** What programs have put into the clipboard. */
  clipboard(): Promise<string>;
  /** Whether programs have left the terminal as they found it: its first screen, and a cursor. */
  isItself(): Promise<boolean>;
  /** All that is on it since the last `devenv`, once that matches. */
  sees(pattern: RegExp): Promise<string>;
  /** The exit code of the last `devenv`, once it has ended. */
  ended(): Promise<number>;
  /** Closes it under what runs in it, as a closed window does. */
  hangUp(): Promise<void>;
}

export const hasTmux = ((): boolean => {
  try {
    execFileSync('tmux', ['-V'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

export async function openScreen(project: Project): Promise<Screen> {
  // A server of its own: nobody's sessions, nobody's configuration.
  const server = ['-L', `dve-${randomBytes(4).toString('hex')}`, '-f', '/dev/null'];
  const env = { ...project.env, TMUX_TMPDIR: project.env.XDG_RUNTIME_DIR, TERM: 'xterm', PS1: 'shell> ', BIN };
  const tmux = async (...args: readonly string[]): Promise<string> =>
    (await execa('tmux', [...server, ...args], { cwd: project.path, env, extendEnv: false })).stdout;
  await tmux('new-session', '-d', '-x', '160', '-y', '50', 'sh');

  // A terminal with a clipboard.
  await tmux('set-option', '-s', 'set-clipboard', 'on');

  const shown = () => tmux('capture-pane', '-p', '-J', '-S', '-');
  const line = async (text: string): Promise<void> => {
    // A semicolon at the end would separate tmux's own commands.
    await tmux('send-keys', '-l', text.replace(/;$/, '\\;'));
    await tmux('send-keys', 'Enter');
  };
  const waitFor = async (pattern: RegExp, read: () => Promise<string>): Promise<string> => {
    let text = '';
    const look = async () => {
      text = await read();
      return pattern.test(text);
    };
    try {
      await until(`the screen shows ${pattern}`, look);
    } catch (error) {
      throw new Error(`${(error as Error).message}; it shows:\n${text.trimEnd()}`);
    }
    return text;
  };
  const sees = (pattern: RegExp): Promise<string> => waitFor(pattern, shown);
  return {
    async devenv(args) {
      await tmux('send-keys', '-R');
      await tmux('clear-history');
      await line(`node $BIN ${args}; echo "exit=$?"`);
    },
    line,
    type: async (text) => {
      for (const key of text) await tmux('send-keys', '-l', key === ';' ? '\\;' : key);
    },
    resize: async (columns, rows) => void (await tmux('resize-window', '-x', String(columns), '-y', String(rows))),
    shows: (pattern, { looks = false } = {}) =>
      waitFor(pattern, () => tmux('capture-pane', '-p', ...(looks ? ['-e'] : []))),
    clipboard: () => tmux('show-buffer').catch(() => ''),
    isItself: async () => (await tmux('display-message', '-p', '#{alternate_on} #{cursor_flag}')) === '0 1',
    press: async (...keys) => void (await tmux('send-keys', ...keys)),
    sees,
    ended: async () => Number(/^exit=(\d+)$/m.exec(await sees(/^exit=\d+$/m))?.[1]),
    hangUp: async () => void (await tmux('kill-pane')),
    async [Symbol.asyncDispose]() {
      // Fails where closing its only window has ended it already.
      await tmux('kill-server').catch(() => {});
    },
  };
}
