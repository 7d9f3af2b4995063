import { suggestion } from '../lib/suggestion.ts';
import { checkRelay } from './check-relay.ts';
import type { Finding } from './finding.ts';
import { WEBHOOK } from './mocks-schema.ts';
import { entriesOf, type Keys, keysOf } from './path.ts';

/** Name of the process that answers in place of outside services. */
export const MOCKS = 'mocks';

/** Reads the merged value, so that it can say its part whatever else is wrong. */
export function checkMocks(value: unknown): readonly Finding[] {
  const { mocks, services, processes } = keysOf(value);
  const { ai, payments } = keysOf(mocks);
  if (ai === undefined && payments === undefined) return [];
  return [...namesTaken(services, processes), ...unknownWebhook(payments, services, processes), ...checkRelay(value)];
}

function namesTaken(services: unknown, processes: unknown): readonly Finding[] {
  const taken = Object.entries({ services, processes }).filter(([, group]) => Object.hasOwn(keysOf(group), MOCKS));
  return taken.map(([group]): Finding => {
    const message = 'needs the name for itself: it answers in place of what `mocks` names';
    return { path: [group, MOCKS], part: 'key', message };
  });
}

function unknownWebhook(payments: unknown, services: unknown, processes: unknown): readonly Finding[] {
  const { webhook } = keysOf(payments);
  const [, to] = typeof webhook === 'string' ? (WEBHOOK.exec(webhook) ?? []) : [];
  if (to === undefined) return [];
  const ports = { ...mapPorts(services, ({ ports }) => entriesOf(ports).length > 0), ...mapPorts(processes, hasPort) };
  if (ports[to]) return [];
  const message = Object.hasOwn(ports, to)
    ? `\`${to}\` has no \`port\` that could be called`
    : `there is no \`${to}\`${suggestion(to, Object.keys(ports))}`;
  return [{ path: ['mocks', 'payments', 'webhook'], part: 'value', message, absence: true }];
}

function mapPorts(group: unknown, has: (entry: Keys) => boolean): Record<string, boolean> {
  return Object.fromEntries(entriesOf(group).map(([name, entry]) => [name, has(keysOf(entry))]));
}

function hasPort({ port }: Keys): boolean {
  return port !== undefined;
}
