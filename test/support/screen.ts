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
  /** Presses a key by tmux's name: `C-c`. */
  press(key: string): Promise<void>;
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

  const shown = () => tmux('capture-pane', '-p', '-J', '-S', '-');
  const line = async (text: string): Promise<void> => {
    // A semicolon at the end would separate tmux's own commands.
    await tmux('send-keys', '-l', text.replace(/;$/, '\\;'));
    await tmux('send-keys', 'Enter');
  };
  const sees = async (pattern: RegExp): Promise<string> => {
    let text = '';
    const look = async () => {
      text = await shown();
      return pattern.test(text);
    };
    try {
      await until(`the screen shows ${pattern}`, look);
    } catch (error) {
      throw new Error(`${(error as Error).message}; it shows:\n${text.trimEnd()}`);
    }
    return text;
  };
  return {
    async devenv(args) {
      await tmux('send-keys', '-R');
      await tmux('clear-history');
      await line(`node $BIN ${args}; echo "exit=$?"`);
    },
    line,
    press: async (key) => void (await tmux('send-keys', key)),
    sees,
    ended: async () => Number(/^exit=(\d+)$/m.exec(await sees(/^exit=\d+$/m))?.[1]),
    hangUp: async () => void (await tmux('kill-pane')),
    async [Symbol.asyncDispose]() {
      // Fails where closing its only window has ended it already.
      await tmux('kill-server').catch(() => {});
    },
  };
}
