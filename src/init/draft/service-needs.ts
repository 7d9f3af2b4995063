import type { DraftService } from './services.ts';

/**
 * What each service waits for: what the files say, and what its variables lead to. None that go round in a circle,
 * which Compose itself would refuse; what is only concluded gives way first.
 */
export function withServiceNeeds(services: readonly DraftService[]): readonly DraftService[] {
  const both = services.map((one) => ({ ...one, needs: [...one.needs, ...namedIn(one, services)] }));
  const straight = both.map((one, index) => {
    const told = services[index]?.needs ?? [];
    return { ...one, needs: one.needs.filter((name) => told.includes(name) || !reaches(name, one.name, both)) };
  });
  return straight.map((one) => withLine(one, straight));
}

/** The services that the variables of a plain image refer to. */
function namedIn({ name: own, engine, lines }: DraftService, all: readonly DraftService[]): readonly string[] {
  if (engine !== undefined) return [];
  const values = lines.filter(({ key }) => key === 'env').map(({ value }) => JSON.stringify(value));
  return all.map(({ name }) => name).filter((name) => name !== own && values.join().includes(`\${${name}.`));
}

function withLine(service: DraftService, all: readonly DraftService[]): DraftService {
  const needs = [...new Set(service.needs)].filter((name) => !reaches(name, service.name, all));
  if (needs.length === 0) return service;
  return { ...service, lines: [...service.lines, { key: 'needs', value: needs, because: [] }] };
}

function reaches(from: string, to: string, all: readonly DraftService[], seen = new Set<string>()): boolean {
  if (from === to) return true;
  if (seen.has(from)) return false;
  seen.add(from);
  const needs = all.find(({ name }) => name === from)?.needs ?? [];
  return needs.some((next) => reaches(next, to, all, seen));
}
