import type { FaultKind, ProviderName, WaitingFault } from '../../core/mocks.ts';

/** Far more than any client retries. */
const MOST = 100;

/** What somebody asked to happen to the next calls, in that order: each meets as many as it says. */
export class WaitingFaults {
  #waiting: readonly WaitingFault[] = [];

  get all(): readonly WaitingFault[] {
    return this.#waiting;
  }

  /** Asked for twice, it happens twice. */
  add({ provider, kind, times }: WaitingFault): void {
    const last = this.#waiting.at(-1);
    const same = last?.provider === provider && last.kind === kind;
    const sum = Math.min(MOST, times + (same ? last.times : 0));
    this.#waiting = [...(same ? this.#waiting.slice(0, -1) : this.#waiting), { provider, kind, times: sum }];
  }

  clear(): void {
    this.#waiting = [];
  }

  /** For a call of this provider, which it is taken for. */
  take(provider: ProviderName): FaultKind | null {
    const found = this.#waiting.find((fault) => fault.provider === null || fault.provider === provider);
    if (!found) return null;
    const left = { ...found, times: found.times - 1 };
    this.#waiting = this.#waiting.flatMap((fault) => (fault !== found ? [fault] : left.times > 0 ? [left] : []));
    return found.kind;
  }
}
