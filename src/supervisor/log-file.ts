import { closeSync, fstatSync, mkdirSync, openSync, readSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { rotatedPath } from './locations.ts';

export const MAX_LOG_BYTES = 10 * 1024 * 1024;
const PENDING_BYTES = 16 * 1024;

/**
 * Appends to the log of one process and rotates it. Writes are synchronous on purpose: memory stays bounded however
 * fast a process writes, since its pipe isn't read meanwhile, and what was read survives a SIGKILL of the supervisor.
 */
export class LogFile {
  readonly #path: string;
  readonly #maxBytes: number;
  /** Used again and again: what is made anew for each line piles up until memory is cleaned up. */
  readonly #pending = Buffer.allocUnsafeSlow(PENDING_BYTES);
  #used = 0;
  #open: { readonly fd: number; size: number } | null = null;

  constructor(path: string, maxBytes: number = MAX_LOG_BYTES) {
    this.#path = path;
    this.#maxBytes = maxBytes;
  }

  /** Whole lines, each with its newline. A full disk costs log lines, not the supervisor. */
  append(text: string): void {
    this.add(text);
    this.flush();
  }

  /** To be written with the next `flush`. */
  add(text: string): void {
    // A character has three bytes at most.
    if (text.length * 3 > this.#pending.length - this.#used) this.flush();
    if (text.length * 3 > this.#pending.length) this.#write(Buffer.from(text));
    else this.#used += this.#pending.write(text, this.#used);
  }

  flush(): void {
    if (this.#used > 0) this.#write(this.#pending.subarray(0, this.#used));
    this.#used = 0;
  }

  #write(bytes: Buffer): void {
    try {
      const file = this.#fileFor(bytes.length);
      file.size += bytes.length;
      for (let at = 0; at < bytes.length; ) at += writeSync(file.fd, bytes, at);
    } catch {
      this.close();
    }
  }

  close(): void {
    if (this.#open) closeSync(this.#open.fd);
    this.#open = null;
  }

  #fileFor(length: number): { fd: number; size: number } {
    this.#open ??= openLog(this.#path);
    if (this.#open.size === 0 || this.#open.size + length <= this.#maxBytes) return this.#open;
    this.close();
    renameSync(this.#path, rotatedPath(this.#path));
    this.#open = openLog(this.#path);
    return this.#open;
  }
}

function openLog(path: string): { fd: number; size: number } {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const fd = openSync(path, 'a+', 0o600);
  const { size } = fstatSync(fd);
  // A supervisor that was killed may have left half a line.
  return { fd, size: size + (endsInLine(fd, size) ? writeSync(fd, '\n') : 0) };
}

function endsInLine(fd: number, size: number): boolean {
  const last = Buffer.alloc(1);
  return size > 0 && readSync(fd, last, 0, 1, size - 1) === 1 && last[0] !== 0x0a;
}
