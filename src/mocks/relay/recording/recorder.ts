import { fileNameOf } from '../match/identity.ts';
import type { RecordedAnswer, RecordedRequest, Recording } from './recording.ts';
import type { RecordingStore } from './store.ts';

/** Of one call more answers than this are none of a test any more, but of something that polls. */
const MAX_ANSWERS = 500;

/** A call that is under way. */
export interface Turn {
  /** Resolves when it is written down. A call that was cut off is never ended, and leaves nothing. */
  end(answer: RecordedAnswer): Promise<void>;
}

interface Taken {
  readonly request: RecordedRequest;
  /** A place for each call in the order in which they came. */
  readonly answers: (RecordedAnswer | null)[];
  written: Promise<void>;
}

/**
 * Writes down what is answered. The first time that a call comes, what an earlier run has recorded of it is replaced;
 * calls that don't come stay recorded.
 */
export class Recorder {
  readonly #store: RecordingStore;
  readonly #taken = new Map<string, Taken>();

  constructor(store: RecordingStore) {
    this.#store = store;
  }

  /** Null where enough is recorded of this call. */
  begin(request: RecordedRequest): Turn | null {
    const name = fileNameOf(request);
    const taken = this.#taken.get(name) ?? { request, answers: [], written: Promise.resolve() };
    this.#taken.set(name, taken);
    if (taken.answers.length >= MAX_ANSWERS) return null;
    const place = taken.answers.push(null) - 1;
    return {
      end: (answer) => {
        taken.answers[place] = answer;
        taken.written = taken.written.catch(() => {}).then(() => this.#store.write(name, recordingOf(taken)));
        return taken.written;
      },
    };
  }
}

function recordingOf({ request, answers }: Taken): Recording {
  return { request, answers: answers.filter((answer) => answer !== null) };
}
