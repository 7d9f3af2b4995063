import type { Readable } from 'node:stream';
import type { Emit } from '../core/events.ts';
import { LineSplitter } from './lines.ts';
import type { LogFile } from './log-file.ts';
import { formatLogLine } from './log-format.ts';

/** Takes what a process prints to its log file and to those who listen. */
export class Output {
  readonly #source: string;
  readonly #file: LogFile;
  readonly #emit: Emit;

  constructor(source: string, file: LogFile, emit: Emit) {
    this.#source = source;
    this.#file = file;
    this.#emit = emit;
  }

  /** Resolves when the stream has been closed and its last line is written. */
  take(stream: 'out' | 'err', from: Readable): Promise<void> {
    const splitter = new LineSplitter();
    from.on('data', (chunk: Buffer) => this.write(stream, splitter.push(chunk)));
    return new Promise((resolve) => {
      // An error closes the stream too, and there is nobody else to tell.
      from.on('error', () => {});
      from.once('close', () => {
        this.write(stream, splitter.flush());
        resolve();
      });
    });
  }

  write(stream: 'out' | 'err', lines: readonly string[]): void {
    if (lines.length === 0) return;
    const time = new Date().toISOString();
    this.#file.append(lines.map((line) => `${formatLogLine({ stream, time, line })}\n`).join(''));
    for (const line of lines) this.#emit({ type: 'log', source: this.#source, stream, time, line });
  }
}
