import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import type Dockerode from 'dockerode';
import { engineCall } from './connect.ts';

/** Runs a program in a container with `input` on its standard input; gives both outputs as one text. */
export async function execIn(
  container: Dockerode.Container,
  argv: readonly string[],
  input: string,
): Promise<{ code: number; output: string }> {
  return engineCall(`running ${argv[0]}`, async () => {
    const exec = await container.exec({
      Cmd: [...argv],
      AttachStdin: true,
      AttachStdout: true,
      AttachStderr: true,
    });
    const stream = await exec.start({ hijack: true, stdin: true });
    const merged = new PassThrough();
    container.modem.demuxStream(stream, merged, merged);
    stream.on('end', () => merged.end());
    stream.end(input);
    const output = await text(merged);
    const { ExitCode } = await exec.inspect();
    return { code: ExitCode ?? 0, output };
  });
}

/** Gives the user's terminal to a program in a container: raw mode, size and resizes, and gives it back. */
export async function execInTerminal(
  container: Dockerode.Container,
  argv: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<number> {
  const { stdin, stdout, stderr } = process;
  const tty = Boolean(stdin.isTTY && stdout.isTTY);
  const exec = await engineCall(`running ${argv[0]}`, () =>
    container.exec({
      Cmd: [...argv],
      Env: Object.entries({ ...env, ...(tty ? { TERM: process.env.TERM ?? 'xterm' } : {}) }).map((pair) =>
        pair.join('='),
      ),
      AttachStdin: true,
      AttachStdout: true,
      AttachStderr: true,
      Tty: tty,
    }),
  );
  const stream = await exec.start({ hijack: true, stdin: true, Tty: tty });
  const resize = (): void => void exec.resize({ h: stdout.rows, w: stdout.columns }).catch(() => {});
  try {
    if (tty) {
      stdin.setRawMode(true);
      stdout.on('resize', resize);
      resize();
      stream.pipe(stdout, { end: false });
    } else {
      container.modem.demuxStream(stream, stdout, stderr);
    }
    stdin.pipe(stream);
    await new Promise<void>((resolve, reject) => stream.once('end', resolve).once('error', reject));
  } finally {
    stdin.unpipe(stream);
    stdin.pause();
    if (tty) stdin.setRawMode(false);
    stdout.off('resize', resize);
  }
  return (await exec.inspect()).ExitCode ?? 0;
}
