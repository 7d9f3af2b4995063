import { type FSWatcher, watch } from 'node:fs';
import { dirname } from 'node:path';

/** For file systems that tell nothing, and while the folder isn't there yet. */
const POLL_MS = 250;

/** Waits for changes in the folder of a file. */
export class LogWake {
  readonly #folder: string;
  #watcher: FSWatcher | null = null;
  #changed = false;
  #wake: () => void = () => {};

  constructor(file: string) {
    this.#folder = dirname(file);
  }

  /** Resolves when something has changed since the last call, and at the latest after a quarter of a second. */
  async next(signal: AbortSignal): Promise<void> {
    this.#watcher ??= this.#open();
    if (!this.#changed && !signal.aborted) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, POLL_MS);
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
      watcher.on('error', () => watcher.close());
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
