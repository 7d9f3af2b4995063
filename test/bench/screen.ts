import { type ChildProcess, spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { BIN } from '../support/project.ts';
import { type DevenvProject, makeDevenvProject } from './devenv-project.ts';
import type { Measurement, Scenario } from './measurement.ts';
import { summarise } from './statistics.ts';

const RUNS = 10;
const KEYS = 40;
const LINES = 100_000;
const IDLE_MS = 20_000;
/** After what is read at the beginning has been thrown away. */
const SETTLE_MS = 5_000;

const CONFIG = `
name: bench
runtime: embedded
services:
  db: { engine: postgres, version: "17" }
processes:
  talk: { command: exec node talk.js }
`;

/** Says and does nothing until the file \`go\` is there; then 100,000 lines at once, and 1,000 a second from then on. */
const TALK = `
const fs = require('fs');
let number = 0;
const line = () => \`GET /products/\${(number += 1)} 200 in \${number % 97} ms, asked for by a browser of some kind\\n\`;
const wait = fs.watch('.', () => {
  if (!fs.existsSync('go')) return;
  wait.close();
  const burst = setInterval(() => {
    let text = '';
    while (text.length < 60_000 && number < ${LINES}) text += line();
    process.stdout.write(text);
    if (number < ${LINES}) return;
    clearInterval(burst);
    setInterval(() => process.stdout.write(Array.from({ length: 20 }, line).join('')), 20);
  }, 5);
});
`;

/** What a person at the screen notices. */
export const screen: Scenario = {
  name: 'screen',
  async measure(signal) {
    await using environment = await makeDevenvProject(CONFIG, { files: { 'talk.js': TALK } });
    await environment.up();
    const first: number[] = [];
    for (let run = 0; run < RUNS; run += 1) {
      signal.throwIfAborted();
      const began = performance.now();
      await using pty = openPty(environment);
      await pty.shows('1 Logs');
      first.push(performance.now() - began);
    }
    await using pty = openPty(environment);
    await pty.shows('2/2 ready');
    const idle = await idleShare(await pty.pid());
    await environment.project.write({ go: '' });
    // One of those that come after the first 100,000.
    await pty.shows(/products\/1\d{5} /);
    const keys: number[] = [];
    for (let key = 0; key < KEYS; key += 1) {
      signal.throwIfAborted();
      keys.push(await pty.time('?', 'Everywhere'), await pty.time('\u001b', '1 Logs'));
    }
    const typed: number[] = [];
    for (let key = 0; key < KEYS; key += 1) {
      await pty.time('/', 'enter, esc');
      // In the tabs, and in no line of the log.
      typed.push(await pty.time('z', '/z'));
      await pty.time('\r', 'keys');
      await pty.time('\u001b', '1 Logs');
    }
    return [
      measurement('screen: first frame', 'ms', 400, first),
      measurement('screen: key to frame, 100,000 lines and 1,000 more a second', 'ms', 50, keys),
      measurement('screen: the same, a letter of a filter', 'ms', 50, typed),
      measurement('screen: resident (VmRSS), with 100,000 lines', 'MB', 150, [
        await residentMegabytes(await pty.pid()),
      ]),
      measurement('screen: idle, share of a core', '%', 1, [idle]),
    ];
  },
};

function measurement(name: string, unit: Measurement['unit'], atMost: number, values: readonly number[]): Measurement {
  return { name, unit, target: { atMost, of: 'unit' }, devenv: summarise(values) };
}

interface Pty extends AsyncDisposable {
  /** Resolves when that has been written to the terminal since the last call. */
  shows(text: string | RegExp): Promise<void>;
  /** Milliseconds from a key to a text. */
  time(key: string, text: string): Promise<number>;
  /** Of devenv. */
  pid(): Promise<number>;
}

/** script(1) gives a terminal whose output can be read as it comes. */
function openPty({ project }: DevenvProject): Pty {
  const line = `stty rows 50 cols 160; exec "${process.execPath}" "${BIN}" attach`;
  const env = { ...project.env, TERM: 'xterm-256color', LANG: 'C.UTF-8' };
  const child: ChildProcess = spawn('script', ['--quiet', '--flush', '--command', line, '/dev/null'], {
    cwd: project.path,
    env,
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  let seen = '';
  let look = (): void => {};
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
    seen += chunk;
    look();
  });
  const shows = (text: string | RegExp): Promise<void> =>
    new Promise((resolve, reject) => {
      const limit = setTimeout(() => reject(new Error(`the screen never showed ${text}`)), 60_000);
      look = () => {
        if (typeof text === 'string' ? !seen.includes(text) : !text.test(seen)) return;
        clearTimeout(limit);
        look = () => {};
        seen = '';
        resolve();
      };
      look();
    });
  return {
    shows,
    async time(key, text) {
      // Not in step with the frames that come by themselves.
      await sleep(20 + Math.random() * 100);
      seen = '';
      const began = performance.now();
      child.stdin?.write(key);
      await shows(text);
      return performance.now() - began;
    },
    async pid() {
      const children = await readFile(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8');
      return Number(children.trim().split(' ')[0]);
    },
    async [Symbol.asyncDispose]() {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.stdin?.write('\u0003\u0003');
      child.stdin?.write('d');
      const timer = setTimeout(() => child.kill('SIGKILL'), 5_000);
      await ended;
      clearTimeout(timer);
    },
  };
}

/** In percent, over some time in which nothing happens. */
async function idleShare(pid: number): Promise<number> {
  await sleep(SETTLE_MS);
  const before = await ticks(pid);
  await sleep(IDLE_MS);
  // 100 ticks a second, so that each is 10 ms.
  return (((await ticks(pid)) - before) * 10 * 100) / IDLE_MS;
}

async function ticks(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return Number(fields[11]) + Number(fields[12]);
}

async function residentMegabytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? Number.NaN) / 1024;
}
