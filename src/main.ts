#!/usr/bin/env node
declare const DEVENV_VERSION: string;

/** 128 and the number of SIGHUP; `core/errors.ts` is not loaded for `--version`. */
const HUNG_UP = 129;

const [first] = process.argv.slice(2);
if (first === '--version' || first === '-V') {
  // Before anything is loaded: scripts ask for it all the time.
  process.stdout.write(`${DEVENV_VERSION}\n`);
} else {
  process.on('exit', (code) => {
    // Node's own word for it: the program ended although it still waited for something.
    if (code === 13) process.stderr.write('This is a bug in devenv: it waits for what nothing can bring.\n');
  });
  const { userInfo } = await import('node:os');
  // Empty, it makes npm and others write into the folder that they are called in.
  process.env.HOME ||= userInfo().homedir;
  const { run } = await import('./cli/run.ts');
  const code = await run(process.argv.slice(2));
  // By the signal itself, which a shell reports as the same number: Node can't exit in order without its terminal.
  if (code === HUNG_UP) process.kill(process.pid, 'SIGHUP');
  process.exitCode = code;
}

export {};
