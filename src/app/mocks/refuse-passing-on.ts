import { UserError } from '../../core/errors.ts';
import { PARTS } from '../../core/mocks.ts';
import type { Environment, PassedOn, Stack } from '../../core/stack.ts';

/**
 * A preview is opened by whoever has its address, and runs what anybody has proposed: it gets nobody's key. A staging
 * environment and one of production are shared, and nobody would commit what is recorded there; Stripe's test mode costs
 * nothing and is what staging is tried out against.
 */
const REFUSED: Readonly<Record<PassedOn['mode'], readonly string[]>> = {
  record: ['preview', 'staging', 'production'],
  sandbox: ['preview', 'production'],
};

export function refusePassingOn({ environment, mocks }: Pick<Stack, 'environment' | 'mocks'>): void {
  for (const one of mocks?.passedOn ?? []) {
    const kind = refusedKind(one, environment);
    if (kind === null) continue;
    throw new UserError(`${one.place}: \`${one.mode}\` is refused in ${kind}: others would use the key`, {
      code: 'refused',
      hints: [`Record in development, and replay there: environments: { ${kind}: { mocks: ${replayed(one)} } }`],
    });
  }
}

function refusedKind({ mode }: PassedOn, { kind, tier }: Environment): string | null {
  return REFUSED[mode].find((refused) => refused === kind || refused === tier) ?? null;
}

function replayed({ provider }: PassedOn): string {
  return `{ ${PARTS[provider]}: { ${provider}: replay } }`;
}
