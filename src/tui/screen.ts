import { EventEmitter } from 'node:events';
import { writeSync } from 'node:fs';
import type { WriteStream } from 'node:tty';

/**
 * Another screen, no cursor, and marks around what is pasted. Nothing goes on in the next line: terminals disagree about
 * the width of some emoji, and a line that is too long would write over the one below.
 */
const ENTER = '\u001b[?1049h\u001b[?25l\u001b[?2004h\u001b[?7l\u001b[H\u001b[2J';
const LEAVE = '\u001b[?7h\u001b[?2004l\u001b[?25h\u001b[0m\u001b[?1049l';
const STDOUT = 1;
/** Synchronized output: a terminal that knows it shows a frame at once, others ignore it. */
const BEGIN = '\u001b[?2026h';
const END = '\u001b[?2026l';

/** What the screen draws with, each as wide as the character that stands for it where there is no Unicode. */
const ASCII: Readonly<Record<string, string>> = {
  '…': '>',
  '│': '|',
  '─': '-',
  '█': '#',
};

/**
 * The terminal's other screen, drawn by whole frames of which only the lines that differ are written. It stands in for
 * the stream that ink writes to (with `debug`, ink hands over each frame as it is): ink's own output scrolls when it
 * fills the whole height, and clears the user's scrollback.
 */
export class Screen extends EventEmitter {
  readonly isTTY = true;
  readonly #out: WriteStream;
  readonly #unicode: boolean;
  #shown: readonly string[] = [];
  #entered = false;
  readonly #onExit = (): void => this.#leaveAtOnce();

  constructor(out: WriteStream, { unicode }: { readonly unicode: boolean }) {
    super();
    this.#out = out;
    this.#unicode = unicode;
  }

  get columns(): number {
    return this.#out.columns || 80;
  }

  get rows(): number {
    return this.#out.rows || 24;
  }

  enter(): void {
    if (this.#entered) return;
    this.#entered = true;
    this.#shown = [];
    // Also when the process ends without coming back here.
    process.on('exit', this.#onExit);
    this.#out.write(ENTER);
  }

  leave(): void {
    if (!this.#entered) return;
    this.#entered = false;
    process.off('exit', this.#onExit);
    this.#out.write(LEAVE);
  }

  /** Everything is written again with the next frame: after a change of size the terminal may show anything. */
  forget(): void {
    this.#shown = [];
  }

  /** One frame. */
  write(frame: string): boolean {
    if (!this.#entered || frame === '') return true;
    const text = this.#unicode ? frame : frame.replace(/[…│─█]/g, (drawn) => ASCII[drawn] ?? drawn);
    const lines = text.split('\n').slice(0, this.rows);
    const anew = this.#shown.length !== lines.length;
    const changed = lines.flatMap((line, index) =>
      !anew && line === this.#shown[index] ? [] : [`\u001b[${index + 1};1H\u001b[2K${line}\u001b[0m`],
    );
    this.#shown = lines;
    if (changed.length === 0) return true;
    return this.#out.write(`${BEGIN}${anew ? '\u001b[2J' : ''}${changed.join('')}${END}`);
  }

  #leaveAtOnce(): void {
    try {
      writeSync(STDOUT, LEAVE);
    } catch {
      // The terminal is gone.
    }
  }
}
