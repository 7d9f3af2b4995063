import { execFile } from 'node:child_process';
import { readdir, readFile, readlink } from 'node:fs/promises';
import { createServer } from 'node:net';
import { basename } from 'node:path';
import { promisify } from 'node:util';

export interface PortHolder {
  readonly pid: number;
  /** Its file's name. */
  readonly program: string;
  /** Its command line, shortened. */
  readonly command: string;
}

/** Whether a server could listen on 127.0.0.1 right now. */
export function isPortFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/** Who listens on a port; null when nobody does or the system doesn't let us see. */
export function portHolder(port: number): Promise<PortHolder | null> {
  return process.platform === 'linux' ? linuxHolder(port) : lsofHolder(port);
}

/** proc(5): in /proc/net/tcp the second field is the local address, `0A` in the fourth means LISTEN, the tenth is the inode. */
async function linuxHolder(port: number): Promise<PortHolder | null> {
  const tables = await Promise.all(
    ['/proc/net/tcp', '/proc/net/tcp6'].map((file) => readFile(file, 'utf8').catch(() => '')),
  );
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const rows = tables.flatMap((table) => table.split('\n').map((line) => line.trim().split(/\s+/)));
  const inodes = rows.filter((row) => row[1]?.endsWith(suffix) && row[3] === '0A').map((row) => `socket:[${row[9]}]`);
  if (inodes.length === 0) return null;
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    if (await holds(pid, inodes)) return { pid: Number(pid), ...shortCommand(await argumentsOf(pid)) };
  }
  return null;
}

async function holds(pid: string, inodes: readonly string[]): Promise<boolean> {
  const fds = await readdir(`/proc/${pid}/fd`).catch(() => []);
  for (const fd of fds) {
    if (inodes.includes(await readlink(`/proc/${pid}/fd/${fd}`).catch(() => ''))) return true;
  }
  return false;
}

async function argumentsOf(pid: string): Promise<readonly string[]> {
  const line = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  return line.replace(/\0+$/, '').split('\0');
}

async function lsofHolder(port: number): Promise<PortHolder | null> {
  try {
    const { stdout } = await promisify(execFile)('lsof', ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-Fpc']);
    const field = (letter: string) =>
      stdout
        .split('\n')
        .find((line) => line.startsWith(letter))
        ?.slice(1);
    const pid = field('p');
    return pid ? { pid: Number(pid), ...shortCommand([field('c') ?? '']) } : null;
  } catch {
    return null;
  }
}

const COMMAND_CHARACTERS = 60;
const PATH_CHARACTERS = 24;

/** Of a long path what tells is its end. */
export function shortCommand(argv: readonly string[]): Pick<PortHolder, 'program' | 'command'> {
  const whole = argv.join(' ');
  const isLong = (word: string) => word.startsWith('/') && word.length > PATH_CHARACTERS;
  const short = argv.map((word) => (isLong(word) ? `…/${basename(word)}` : word)).join(' ');
  const text = whole.length > COMMAND_CHARACTERS ? short : whole;
  const command = text.length > COMMAND_CHARACTERS ? `${text.slice(0, COMMAND_CHARACTERS - 1)}…` : text;
  return { program: basename(argv[0] ?? ''), command };
}
