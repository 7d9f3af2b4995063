import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/**
 * Addresses on which these processes listen, such as `0.0.0.0:3001` or `[::1]:3000`: for a process that never answered
 * where it was expected. Reads /proc; empty on other systems.
 */
export function listeningAddresses(pids: readonly number[]): readonly string[] {
  if (process.platform !== 'linux') return [];
  const sockets = new Set(pids.flatMap(socketsOf));
  const listeners = [...tableOf('/proc/net/tcp'), ...tableOf('/proc/net/tcp6')];
  return listeners.filter(({ inode }) => sockets.has(inode)).map(({ address }) => address);
}

interface Listener {
  readonly inode: string;
  readonly address: string;
}

/** proc_net_tcp(5): local address as hex is field 1, the state (0A: listening) 3, the inode 9. */
function tableOf(file: string): Listener[] {
  const rows = attempt(() => readFileSync(file, 'utf8'), '')
    .trim()
    .split('\n')
    .slice(1);
  return rows
    .map((row) => row.trim().split(/\s+/))
    .filter((fields) => fields[3] === '0A')
    .map((fields) => ({ inode: fields[9] ?? '', address: readable(fields[1] ?? '') }));
}

function readable(hex: string): string {
  const [host = '', port = ''] = hex.split(':');
  return `${hostName(host)}:${Number.parseInt(port, 16)}`;
}

/** Each 32 bits in the byte order of the machine: little-endian on all that we run on. */
function hostName(hex: string): string {
  if (hex.length === 8) return [...Buffer.from(hex, 'hex').reverse()].join('.');
  if (/^0+$/.test(hex)) return '[::]';
  return /^0{24}01000000$/.test(hex) ? '[::1]' : '[IPv6]';
}

function socketsOf(pid: number): string[] {
  const folder = `/proc/${pid}/fd`;
  return attempt(() => readdirSync(folder), [])
    .map((fd) => attempt(() => readlinkSync(`${folder}/${fd}`), ''))
    .flatMap((target) => /^socket:\[(\d+)\]$/.exec(target)?.[1] ?? []);
}

/** Processes end while they are being looked at. */
function attempt<T>(read: () => T, otherwise: T): T {
  try {
    return read();
  } catch {
    return otherwise;
  }
}
