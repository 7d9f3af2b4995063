import { UserError } from '../../core/errors.ts';
import { FURTHEST_MS } from '../../core/mocks.ts';
import { durationMs } from '../../lib/duration.ts';
import { momentMs } from '../../lib/moment.ts';
import type { CommonOptions } from '../options.ts';
import { connectMocks } from './connect.ts';

export interface TimeMoved {
  /** ISO 8601, of the mocks' clock. */
  readonly before: string;
  readonly now: string;
}

/** The mocks' clock; with `to` it is moved there first, and everything that falls due until then happens. */
export async function mocksTime(to: string | null, options: CommonOptions): Promise<TimeMoved> {
  const { client, state } = await connectMocks(options);
  const before = state.clock;
  if (to === null) return { before, now: before };
  const moved = await client.moveClock(momentOf(to, Date.parse(before)));
  return { before, now: moved?.clock ?? before };
}

/** `+30d`, or a date. */
function momentOf(text: string, now: number): number {
  const ahead = text.startsWith('+') ? durationMs(text.slice(1)) : null;
  const moment = ahead === null ? momentMs(text) : now + ahead;
  if (moment === null) {
    const hints = ['Write how far: devenv time +30d (also s, m, h, w, y), or until when: devenv time 2026-12-24.'];
    throw new UserError(`"${text}" is no duration and no date`, { code: 'usage', hints });
  }
  if (moment < now) {
    const hints = ['What has happened would lie in the future. devenv reset begins anew.'];
    throw new UserError(`the clock of the mocks is at ${new Date(now).toISOString()} and never goes back`, {
      ...{ code: 'refused', hints },
    });
  }
  if (moment - now > FURTHEST_MS) {
    const hints = ['Go on in several steps: devenv time +10y.'];
    throw new UserError('the clock of the mocks goes on by at most 20 years at once', { code: 'usage', hints });
  }
  return moment;
}
