import type { Emit } from '../core/events.ts';
import { LineSplitter } from '../lib/lines.ts';
import type { LogFile } from './log-file.ts';
import { formatLogLine } from './log-format.ts';
import type { PipeReader } from './named-pipe.ts';

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

  /** Resolves when the pipe has been closed and its last line is written. */
  async take(stream: 'out' | 'err', from: PipeReader): Promise<void> {
    const splitter = new LineSplitter();
    from.read((chunk) => this.write(stream, splitter.lines(chunk)));
    await from.closed;
    this.write(stream, splitter.flush());
  }

  write(stream: 'out' | 'err', lines: Iterable<string>): void {
    const time = new Date().toISOString();
    for (const line of lines) {
      this.#file.add(`${formatLogLine({ stream, time, line })}\n`);
      this.#emit({ type: 'log', source: this.#source, stream, time, line });
    }
    this.#file.flush();
  }
}
