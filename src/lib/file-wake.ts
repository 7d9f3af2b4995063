import { type FSWatcher, watch } from 'node:fs';
import { basename, dirname } from 'node:path';
import { Bell } from './bell.ts';

/** Where nothing can be watched. */
const POLL_MS = 250;
/** For file systems that tell nothing although they let themselves be watched. */
const SELDOM_MS = 2_000;

/**
 * Waits for changes of a file that need not be there yet: its folder is watched, and as long as that isn't there
 * either, the nearest one above it.
 */
export class FileWake {
  readonly #folder: string;
  #watched: { readonly folder: string; readonly watcher: FSWatcher } | null = null;
  readonly #bell = new Bell();

  constructor(file: string) {
    this.#folder = dirname(file);
  }

  /** Resolves when something may have changed since the last call, and now and then anyway. */
  async next(signal: AbortSignal): Promise<void> {
    if (this.#watched?.folder !== this.#folder) this.#watchNearest();
    await this.#bell.wait(this.#watched ? SELDOM_MS : POLL_MS, signal);
  }

  close(): void {
    this.#watched?.watcher.close();
    this.#watched = null;
  }

  #watchNearest(): void {
    let awaited: string | null = null;
    for (let folder = this.#folder; folder !== this.#watched?.folder; folder = dirname(folder)) {
      const watcher = this.#open(folder, awaited);
      if (watcher) {
        this.close();
        this.#watched = { folder, watcher };
        // What changed before it was watched, nobody tells.
        this.#bell.ring();
        return;
      }
      if (folder === dirname(folder)) return;
      awaited = basename(folder);
    }
  }

  /** Rings for any change in the folder, or for that of one name. */
  #open(folder: string, awaited: string | null): FSWatcher | null {
    try {
      const watcher = watch(folder, (event, name) => {
        // The folder itself may have gone, and another may have come in its place, of which this watcher tells nothing.
        if (event === 'rename' && (awaited === null || name === basename(folder))) this.close();
        if (awaited === null || name === awaited || name === basename(folder)) this.#bell.ring();
      });
      watcher.on('error', () => this.close());
      return watcher;
    } catch {
      return null;
    }
  }
}
