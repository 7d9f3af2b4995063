import { Cron } from 'croner';

/** Words for what is asked most. In the small hours, when nobody looks. */
const WORDS: Readonly<Record<string, string>> = { hourly: '0 * * * *', daily: '0 4 * * *', weekly: '0 4 * * 1' };

/** The words that stand for a line of cron. */
export const SCHEDULE_WORDS = Object.keys(WORDS);

/** Whether a text is one of the words, or a line of cron with five fields, or six with seconds first. */
export function isSchedule(text: string): boolean {
  try {
    return cronOf(text).nextRun() !== null;
  } catch {
    return false;
  }
}

/** The first moment after another one that a schedule names, in the machine's time zone; null when there is none any more. */
export function nextAfter(schedule: string, after: Date): Date | null {
  return cronOf(schedule).nextRun(after);
}

function cronOf(schedule: string): Cron {
  return new Cron(WORDS[schedule] ?? schedule, { paused: true });
}
