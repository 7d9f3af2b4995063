import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { jsonIn } from './json-in.ts';
import { printRecording } from './print.ts';
import type { Recording } from './recording.ts';

/** The recordings of one provider: a folder of the project, committed with it. */
export class RecordingStore {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Whole or not at all. */
  async write(name: string, recording: Recording): Promise<void> {
    await mkdir(this.#folder, { recursive: true });
    const draft = join(this.#folder, `.${name}.draft`);
    await writeFile(draft, printRecording(recording));
    await rename(draft, join(this.#folder, name));
  }

  /** In the order of their names; what is no recording is told. */
  async all(tell: (message: string) => void): Promise<ReadonlyMap<string, Recording>> {
    const names = (await readdir(this.#folder).catch(() => [])).filter((name) => /^[^.].*\.json$/.test(name)).sort();
    const found = new Map<string, Recording>();
    for (const name of names) {
      const recording = jsonIn(await readFile(join(this.#folder, name), 'utf8'));
      if (isRecording(recording)) found.set(name, recording);
      else tell(`${join(this.#folder, name)} is no recording, and was passed over`);
    }
    return found;
  }
}

function isRecording(value: unknown): value is Recording {
  const { request, answers } = (value ?? {}) as Partial<Recording>;
  return typeof request?.method === 'string' && typeof request.path === 'string' && isAnswers(answers);
}

function isAnswers(answers: unknown): boolean {
  return Array.isArray(answers) && answers.length > 0 && answers.every(({ status }) => Number.isInteger(status));
}
