import { execFile } from 'node:child_process';
import { readdir, readFile, readlink } from 'node:fs/promises';
import { createServer } from 'node:net';
import { promisify } from 'node:util';

export interface PortHolder {
  readonly pid: number;
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
    if (await holds(pid, inodes)) return { pid: Number(pid), command: await commandOf(pid) };
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

async function commandOf(pid: string): Promise<string> {
  const line = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  return shortCommand(line.split('\0').filter((word) => word !== ''));
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
    return pid ? { pid: Number(pid), command: shortCommand([field('c') ?? '']) } : null;
  } catch {
    return null;
  }
}

/** Of a long path the end stays, which tells what it is; of a long line the beginning. */
export function shortCommand(argv: readonly string[]): string {
  const line = argv.map((word) => (/^[./]\S*$/.test(word) ? pathEnd(word) : word)).join(' ');
  return line.length > LINE ? `${line.slice(0, LINE - 1)}…` : line;
}

const LINE = 60;
const PATH = 36;

/** From a whole folder on, where there is one. */
function pathEnd(path: string): string {
  if (path.length <= PATH) return path;
  const end = path.slice(1 - PATH);
  return `…${end.slice(Math.max(0, end.indexOf('/')))}`;
}
