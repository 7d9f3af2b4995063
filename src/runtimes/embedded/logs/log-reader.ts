import { open, stat } from 'node:fs/promises';
import { StringDecoder } from 'node:string_decoder';
import { FileWake } from '../../../lib/file-wake.ts';

/** More of an old log than this is not read. */
const ENOUGH_BYTES = 32 * 1024 * 1024;

/** Reads a file that grows, by whole lines. One that got shorter was begun anew. */
export class LogReader {
  readonly #file: string;
  #offset = 0;
  #carry = '';
  #wake: FileWake | null = null;
  #decoder = new StringDecoder('utf8');

  constructor(file: string) {
    this.#file = file;
  }

  /** The whole lines since the last call. */
  async rest(): Promise<readonly string[]> {
    const lines = (this.#carry + (await this.#read())).split(/\r?\n/);
    this.#carry = lines.pop() ?? '';
    return lines;
  }

  /** What comes after the last line's end, as a list of one line or none. */
  unended(): readonly string[] {
    return this.#carry === '' ? [] : [this.#carry];
  }

  /** Waits until there is more; false when the signal was aborted. */
  async grown(signal: AbortSignal): Promise<boolean> {
    this.#wake ??= new FileWake(this.#file);
    while (!signal.aborted) {
      if ((await this.#size()) !== this.#offset) return true;
      await this.#wake.next(signal);
    }
    return false;
  }

  close(): void {
    this.#wake?.close();
  }

  async #read(): Promise<string> {
    const file = await open(this.#file, 'r').catch(() => null);
    if (!file) return '';
    try {
      const { size } = await file.stat();
      if (size < this.#offset) this.#beginAnew();
      const from = Math.max(this.#offset, size - ENOUGH_BYTES);
      const { buffer, bytesRead } = await file.read(Buffer.alloc(size - from), 0, size - from, from);
      this.#offset = from + bytesRead;
      return this.#decoder.write(buffer.subarray(0, bytesRead));
    } finally {
      await file.close();
    }
  }

  #beginAnew(): void {
    this.#offset = 0;
    this.#carry = '';
    this.#decoder = new StringDecoder('utf8');
  }

  async #size(): Promise<number> {
    return stat(this.#file).then(
      (found) => found.size,
      () => this.#offset,
    );
  }
}
