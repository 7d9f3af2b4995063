import { UserError } from '../../core/errors.ts';

const VARIABLE = 'DVE_BASELINES_MAX';
const DEFAULT_BYTES = 10e9;

const UNITS: Readonly<Record<string, number>> = { '': 1, k: 1e3, m: 1e6, g: 1e9, t: 1e12 };

/**
 * Bytes that all baselines on one runtime of this machine may take together; 0 keeps none. A matter of the machine, not of
 * a project: so it is a variable of the user's shell.
 */
export function baselineLimit(env: NodeJS.ProcessEnv = process.env): number {
  const text = env[VARIABLE]?.trim();
  if (!text) return DEFAULT_BYTES;
  const [, amount, unit = ''] = /^(\d+(?:\.\d+)?)\s*([kmgt]?)b?$/i.exec(text) ?? [];
  if (amount !== undefined) return Number(amount) * (UNITS[unit.toLowerCase()] ?? 1);
  throw new UserError(`${VARIABLE}: "${text}" is no size`, {
    code: 'usage',
    hints: [`${VARIABLE}=20GB, or 500MB; 0 keeps no baselines for other checkouts.`],
  });
}

/** Why none is kept; null where some are. */
export function whyNone(): string | null {
  return baselineLimit() === 0 ? `${VARIABLE} is 0` : null;
}
