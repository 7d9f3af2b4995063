import { type Check, type Found, ok } from './finding.ts';

const NOTICED_MS = 5_000;
/** Certificates and tokens are refused. */
const WRONG_MS = 300_000;

/** An engine in a virtual machine keeps its own time, which stands still while the computer sleeps. */
export const clock: Check = {
  name: 'clock',
  async run({ engine }) {
    const { answer } = await engine();
    return answer === null || answer.skewMs === null ? [] : judgeClock(answer.skewMs);
  },
};

export function judgeClock(skewMs: number): readonly Found[] {
  const off = Math.abs(skewMs);
  if (off < NOTICED_MS) return [ok('the engine and this machine agree')];
  return [
    {
      status: off < WRONG_MS ? 'warning' : 'problem',
      what: `the engine's clock is ${Math.round(off / 1_000)} s ${skewMs > 0 ? 'ahead of' : 'behind'} this machine's`,
      why: "times of services and processes don't match, and tokens may be refused",
      mend: 'Restart the engine, or the virtual machine that it runs in.',
    },
  ];
}
