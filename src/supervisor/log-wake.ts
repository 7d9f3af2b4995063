import { type FSWatcher, watch } from 'node:fs';
import { dirname } from 'node:path';

/** While the folder isn't there yet, or can't be watched. */
const POLL_MS = 250;
/** For file systems that tell nothing although they let themselves be watched. */
const SELDOM_MS = 2_000;

/** Waits for changes in the folder of a file. */
export class LogWake {
  readonly #folder: string;
  #watcher: FSWatcher | null = null;
  #changed = false;
  #wake: () => void = () => {};

  constructor(file: string) {
    this.#folder = dirname(file);
  }

  /** Resolves when something has changed since the last call, and now and then anyway. */
  async next(signal: AbortSignal): Promise<void> {
    this.#watcher ??= this.#open();
    if (!this.#changed && !signal.aborted) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, this.#watcher ? SELDOM_MS : POLL_MS);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
        signal.addEventListener('abort', this.#wake, { once: true });
      });
      signal.removeEventListener('abort', this.#wake);
    }
    this.#changed = false;
  }

  close(): void {
    this.#watcher?.close();
  }

  #open(): FSWatcher | null {
    try {
      const watcher = watch(this.#folder, () => this.#tell());
      watcher.on('error', () => {
        watcher.close();
        this.#watcher = null;
      });
      return watcher;
    } catch {
      return null;
    }
  }

  #tell(): void {
    this.#changed = true;
    this.#wake();
  }
}
