import { constants } from 'node:fs';
import { copyFile, mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { readJson, writeJson } from '../lib/files.ts';
import { makePrivateFolder } from '../lib/private-folder.ts';

/** Led until somebody says which it is. */
const FIRST = 'first';

/**
 * The journals of an environment's mocks, one for each life that its data has led: a reset begins another, and undo goes
 * back to one from before.
 */
export class Lives {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  /** Null: nobody has said yet which life it is. */
  async live(): Promise<string | null> {
    return (await readJson<{ readonly life: string }>(this.#mark))?.life ?? null;
  }

  /** Path of the journal that is written now. */
  async journal(): Promise<string> {
    return this.#path((await this.live()) ?? FIRST);
  }

  /** Paths of those of all lives that were written. */
  async journals(): Promise<readonly string[]> {
    const names = (await this.#all()).filter((name) => name.endsWith('.ndjson'));
    return names.map((name) => join(this.folder, 'lives', name));
  }

  async has(life: string): Promise<boolean> {
    return (await this.#all()).includes(`${encodeURIComponent(life)}.ndjson`);
  }

  /**
   * Leads this life from now on: the one that is kept under that name, else with `same` what is there now, else an empty
   * one. Whoever writes the journal has closed it before, and opens it again.
   */
  async lead(life: string, { same }: { readonly same: boolean }): Promise<void> {
    if (same && !(await this.has(life))) await this.#copy(await this.journal(), this.#path(life));
    await writeJson(this.#mark, { life }, { durable: true });
  }

  /** Puts down the journal of a life, whole or not at all. */
  async write(life: string, lines: AsyncIterable<Uint8Array>): Promise<void> {
    await makePrivateFolder(join(this.folder, 'lives'));
    const draft = `${this.#path(life)}.draft`;
    const file = await open(draft, 'w', 0o600);
    try {
      for await (const line of lines) await file.appendFile(line);
      await file.datasync();
    } finally {
      await file.close();
    }
    await rename(draft, this.#path(life));
  }

  /** Removes those that nothing leads to any more. */
  async drop(but: ReadonlySet<string>): Promise<void> {
    const kept = new Set([...but, (await this.live()) ?? FIRST].map((life) => `${encodeURIComponent(life)}.ndjson`));
    for (const name of await this.#all()) if (!kept.has(name)) await rm(join(this.folder, 'lives', name));
  }

  async #copy(from: string, to: string): Promise<void> {
    await mkdir(join(this.folder, 'lives'), { recursive: true, mode: 0o700 });
    try {
      await copyFile(from, `${to}.draft`, constants.COPYFILE_FICLONE);
      await rename(`${to}.draft`, to);
    } catch (error) {
      // Nothing was written yet.
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }

  async #all(): Promise<readonly string[]> {
    return readdir(join(this.folder, 'lives')).catch(() => []);
  }

  get #mark(): string {
    return join(this.folder, 'live.json');
  }

  #path(life: string): string {
    return join(this.folder, 'lives', `${encodeURIComponent(life)}.ndjson`);
  }
}
