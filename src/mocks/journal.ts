import { createReadStream } from 'node:fs';
import { type FileHandle, open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { makePrivateFolder } from '../lib/private-folder.ts';

/** Whose a line of the journal is. */
export const OWNERS = { clock: 'clock', payments: 'payments', ai: 'ai' } as const;

/** One line of a journal: whose it is, and what it says; what that means only its owner knows. */
export interface Entry {
  readonly of: string;
  readonly is: unknown;
}

const NEWLINE = 0x0a;

interface Waiting {
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/**
 * A file of JSON lines that is only added to. Whatever is added while the disk is busy goes there with one write and one
 * flush (group commit), which is what makes a thousand durable writes a second possible.
 */
export class Journal implements AsyncDisposable {
  readonly #file: FileHandle;
  #bytes: number;
  #lines: string[] = [];
  #waiting: Waiting[] = [];
  #writing: Promise<void> | null = null;
  /** After one write that failed nothing more is taken: a later line would stand after a gap. */
  #broken: { readonly error: unknown } | null = null;

  private constructor(file: FileHandle, bytes: number) {
    this.#file = file;
    this.#bytes = bytes;
  }

  /** Puts these entries in the place of all there are, whole or not at all. Nobody has it open meanwhile. */
  static async replace(path: string, entries: Iterable<Entry>): Promise<void> {
    const draft = `${path}.draft`;
    const file = await open(draft, 'w', 0o600);
    try {
      for (const entry of entries) await file.appendFile(lineOf(entry));
      await file.datasync();
    } finally {
      await file.close();
    }
    await rename(draft, path);
  }

  /** Gives every whole line there is to `replay`. One that was cut off by a crash was never answered for, and goes. */
  static async open(path: string, replay: (entry: Entry) => void): Promise<Journal> {
    await makePrivateFolder(dirname(path));
    const file = await open(path, 'a', 0o600);
    try {
      const text = await readFile(path);
      const whole = text.lastIndexOf(NEWLINE) + 1;
      if (whole < text.length) await file.truncate(whole);
      let number = 0;
      for (const line of linesOf(text.subarray(0, whole))) replay(entryOf(line, `${path}:${++number}`));
      return new Journal(file, whole);
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  /** How large it is, with what still waits for the disk. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Resolves when the entry is on the disk. Entries get there in the order in which they were added. */
  add(entry: Entry): Promise<void> {
    if (this.#broken) return Promise.reject(this.#broken.error);
    const line = lineOf(entry);
    this.#bytes += Buffer.byteLength(line);
    this.#lines.push(line);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#writing ??= this.#write();
    });
  }

  async #write(): Promise<void> {
    // What the same turn of the event loop still adds comes along.
    await new Promise(setImmediate);
    while (this.#lines.length > 0) {
      const [lines, waiting] = [this.#lines, this.#waiting];
      [this.#lines, this.#waiting] = [[], []];
      try {
        if (this.#broken) throw this.#broken.error;
        await this.#file.appendFile(lines.join(''));
        await this.#file.datasync();
        for (const { resolve } of waiting) resolve();
      } catch (error) {
        this.#broken ??= { error };
        for (const { reject } of waiting) reject(error);
      }
    }
    this.#writing = null;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#writing;
    await this.#file.close();
  }
}

/**
 * The whole lines of a journal that somebody else may write at the moment: what stands after the last one was answered for
 * by nobody yet. None of one that isn't there.
 */
export async function* wholeLines(path: string): AsyncIterable<string> {
  let rest = Buffer.alloc(0);
  try {
    for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
      const text = Buffer.concat([rest, chunk]);
      const whole = text.lastIndexOf(NEWLINE) + 1;
      yield* linesOf(text.subarray(0, whole));
      rest = Buffer.from(text.subarray(whole));
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

function entryOf(line: string, place: string): Entry {
  try {
    return JSON.parse(line) as Entry;
  } catch (cause) {
    throw new Error(`${place} can't be read`, { cause });
  }
}

function lineOf(entry: Entry): string {
  return `${JSON.stringify(entry)}\n`;
}

function* linesOf(text: Buffer): Iterable<string> {
  let start = 0;
  for (let end = text.indexOf(NEWLINE); end >= 0; end = text.indexOf(NEWLINE, start)) {
    yield text.toString('utf8', start, end);
    start = end + 1;
  }
}
