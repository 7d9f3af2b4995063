import type { Draws } from '../../../lib/draws.ts';
import type { Source } from './source.ts';

const THEMES = ['light', 'dark', 'system'];
const FREQUENCIES = ['never', 'daily', 'weekly'];
const SOURCES = ['web', 'mobile', 'api', 'import'];

/** Small objects, or what jsonb_typeof is to say. Unique ones carry their number. */
export function jsonSource(kind: string | null, name: string, own: Draws): Source {
  const draw = KINDS[kind ?? 'object'] ?? objectFor(name);
  const plain = kind === null || kind === 'object' ? objectFor(name) : draw;
  return { draw: plain, distinct: distinctOf(kind ?? 'object', plain, own) };
}

const KINDS: Readonly<Record<string, (draws: Draws) => string>> = {
  array: (draws) => `[${Array.from({ length: draws.below(4) }, () => draws.below(100)).join(', ')}]`,
  string: (draws) => `"${draws.pick(SOURCES)}"`,
  number: (draws) => String(draws.below(1000)),
  boolean: (draws) => (draws.chance(0.5) ? 'true' : 'false'),
  null: () => 'null',
};

function objectFor(name: string): (draws: Draws) => string {
  if (/setting|preference|option|config/i.test(name)) return settings;
  return metadata;
}

function settings(draws: Draws): string {
  const { theme, mails } = { theme: draws.pick(THEMES), mails: draws.pick(FREQUENCIES) };
  return `{"theme": "${theme}", "digest": "${mails}", "notifications": ${draws.chance(0.7)}}`;
}

function metadata(draws: Draws): string {
  return `{"source": "${draws.pick(SOURCES)}", "version": ${draws.between(1, 5)}, "verified": ${draws.chance(0.8)}}`;
}

function distinctOf(kind: string, draw: (draws: Draws) => string, own: Draws): Source['distinct'] {
  const endless = Number.MAX_SAFE_INTEGER;
  if (kind === 'object') {
    return { size: endless, at: (index) => `{"number": ${index}, ${draw(own.at(index)).slice(1)}` };
  }
  if (kind === 'array') return { size: endless, at: (index) => `[${index}]` };
  if (kind === 'string') return { size: endless, at: (index) => `"value ${index}"` };
  if (kind === 'number') return { size: endless, at: String };
  if (kind === 'boolean') return { size: 2, at: (index) => (index === 0 ? 'true' : 'false') };
  return { size: 1, at: () => 'null' };
}
