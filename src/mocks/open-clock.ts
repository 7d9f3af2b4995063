import type { VirtualClock } from './clock.ts';
import { type Entry, type Journal, OWNERS } from './journal.ts';

/** Takes the clock to where it was; true where the entry is one of its own. */
export function replayClock(clock: VirtualClock, { of, is }: Entry): boolean {
  if (of === OWNERS.clock) clock.moveTo(is as number);
  return of === OWNERS.clock;
}

/** Keeps where the clock is now. */
export function noteClock(clock: VirtualClock, journal: Journal): Promise<void> {
  return journal.add(clockEntry(clock));
}

export function clockEntry(clock: VirtualClock): Entry {
  return { of: OWNERS.clock, is: clock.now() };
}

/** Where a clock begins that nothing is said of: equal runs on one day get equal times, and what is made is about of today. */
export function beginningOfDay(wallMs: number): number {
  return wallMs - (wallMs % 86_400_000);
}
