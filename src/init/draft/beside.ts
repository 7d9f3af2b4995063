import { engines } from '../../engines/index.ts';
import { type Evidence, type Line, type NoteFinding, note } from '../finding.ts';
import type { DraftService } from './services.ts';
import type { Surroundings } from './surroundings.ts';
import { valueFor } from './variables.ts';

const CONVENTIONS = { postgres: 'DATABASE_URL', redis: 'REDIS_URL' } as const;

/** An engine that no variable leads to would be of no use: the usual name is as good as any. */
export function conventional(told: readonly Line[], around: Surroundings): readonly Line[] {
  return around.services.flatMap((service) => {
    const { name, engine } = service;
    const used = told.some(({ value }) => String(value).includes(`\${${name}.`));
    if (engine === undefined || used) return [];
    const key = CONVENTIONS[engine];
    if (told.some((line) => line.key === key)) return [];
    const first = around.services.find((other) => other.engine === engine);
    const value = valueFor(key, undefined, around);
    const because: readonly Evidence[] = [{ what: 'the usual name: nothing here tells another' }];
    return first !== service || value === undefined ? [] : [{ key, value, because }];
  });
}

interface Beside {
  readonly lines: readonly Line[];
  readonly notes: readonly NoteFinding[];
}

const MISSING = {
  port: (service: DraftService) => `${service.name} has a port of its own, which the app has to take`,
  password: (service: DraftService) => `${service.name} has a password, which the app has to give`,
} as const;

/** What belongs to an engine's host, where nothing says that the app reads it: it differs in every environment. */
export function besideHosts(told: readonly Line[], { services }: Surroundings, others: readonly Line[] = []): Beside {
  const found = services.flatMap((service) => partsBeside(service, told, others));
  return { lines: found.map(({ line }) => line), notes: found.flatMap(({ notes }) => notes) };
}

function partsBeside(service: DraftService, told: readonly Line[], others: readonly Line[]) {
  const { name, engine } = service;
  const uses = (lines: readonly Line[], part: string) =>
    lines.find(({ value }) => String(value).includes(`\${${name}.${part}}`));
  const host = uses(told, 'host');
  if (engine === undefined || !host) return [];
  return (['port', 'password'] as const)
    .filter((part) => !uses([...told, ...others], part))
    .map((part) => {
      const key = keyBeside(host.key, part.toUpperCase());
      const line: Line = { key, value: `\${${name}.${part}}`, because: [{ what: MISSING[part](service) }] };
      // What speaks with Postgres reads PGPORT and PGPASSWORD by itself.
      if (/^PG[A-Z]+$/.test(key)) return { line, notes: [] };
      const usual = part === 'port' ? `, which is not ${engines[engine].port}` : '';
      const text = `nothing here reads the ${part} of ${name}${usual}: let the app take it from ${key}`;
      return { line, notes: host.because.map((evidence) => note(text, evidence)) };
    });
}

/** `DB_HOST`, `PGHOST`, `REDIS_ADDR` */
function keyBeside(host: string, part: string): string {
  const [, prefix = host, separator = '_'] = /^(.*?)(_?)(?:HOST|HOSTNAME|SERVER|ADDR|ADDRESS)$/.exec(host) ?? [];
  return `${prefix}${separator}${part}`;
}
