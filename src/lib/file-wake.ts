import { type FSWatcher, watch } from 'node:fs';
import { dirname } from 'node:path';
import { Bell } from './bell.ts';

/** While the folder isn't there yet, or can't be watched. */
const POLL_MS = 250;
/** For file systems that tell nothing although they let themselves be watched. */
const SELDOM_MS = 2_000;

/** Waits for changes of a file that need not be there yet: its folder is watched. */
export class FileWake {
  readonly #folder: string;
  #watcher: FSWatcher | null = null;
  readonly #bell = new Bell();

  constructor(file: string) {
    this.#folder = dirname(file);
  }

  /** Resolves when something may have changed since the last call, and now and then anyway. */
  async next(signal: AbortSignal): Promise<void> {
    if (!this.#watcher) {
      this.#watcher = this.#open();
      // What changed before it was watched, nobody tells.
      if (this.#watcher) this.#bell.ring();
    }
    await this.#bell.wait(this.#watcher ? SELDOM_MS : POLL_MS, signal);
  }

  close(): void {
    this.#watcher?.close();
    this.#watcher = null;
  }

  #open(): FSWatcher | null {
    try {
      const watcher = watch(this.#folder, (event) => {
        // The folder itself may have gone, and another may have come in its place, of which this watcher tells nothing.
        if (event === 'rename') this.close();
        this.#bell.ring();
      });
      watcher.on('error', () => this.close());
      return watcher;
    } catch {
      return null;
    }
  }
}
