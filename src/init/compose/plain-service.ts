import type { Keys } from '../../config/path.ts';
import { isRefused } from '../draft/names.ts';
import { folderOf } from '../files.ts';
import { type Evidence, type Finding, type Line, note } from '../finding.ts';
import { at, type Entry, listOf, serviceFinding, volumeLine } from './entry.ts';
import { isRealSecret } from './plain-value.ts';
import { portsOf } from './ports.ts';
import { unknownKeys } from './unknown-keys.ts';
import { commandWords, environmentOf, interpolated, translated } from './values.ts';
import { mountsOf } from './volumes.ts';

/** An image that no engine knows: as it is, in devenv's words. */
export function plainService(entry: Entry, image: string): readonly Finding[] {
  const { service } = entry;
  const seen = at(entry, ['image'], `image ${image}`);
  const { ports, left } = portsOf(image, [...listOf(service.ports), ...listOf(service.expose)], entry.lookup);
  const mounts = mountsOf(listOf(service.volumes), folderOf(entry.data.name), () => false);
  const env = plainEnv(service);
  const command = commandWords(service.command).map((text) => interpolated(text, entry.lookup) ?? text);
  const lines: Line[] = [
    { key: 'image', value: image, because: [] },
    ...(ports.length > 0 ? [{ key: 'ports', value: portKeys(ports), because: [portsSeen(entry, seen)] }] : []),
    ...(Object.keys(env).length > 0
      ? [{ key: 'env', value: env, because: [at(entry, ['environment'], 'environment')] }]
      : []),
    ...(command.length > 0 ? [{ key: 'command', value: command, because: [at(entry, ['command'], 'command')] }] : []),
    ...volumeLine(entry, mounts.volumes),
  ];
  return [
    serviceFinding(entry, { lines, ports }, seen),
    ...left.map((port) =>
      note(`port ${port} left out: only single TCP ports are known`, at(entry, ['ports'], 'ports')),
    ),
    ...mounts.left.map(({ mount, why }) => note(`volume ${mount} left out: ${why}`, at(entry, ['volumes'], 'volumes'))),
    ...unknownKeys(entry),
  ];
}

function portsSeen(entry: Entry, image: Evidence): Evidence {
  const key = ['ports', 'expose'].find((name) => entry.service[name] !== undefined);
  return key ? at(entry, [key], key) : { ...image, what: 'the usual ports of this image' };
}

function plainEnv(service: Keys): Record<string, string> {
  const entries = [...environmentOf(service.environment)].filter(
    ([name]) => /^[A-Za-z_]\w*$/.test(name) && !isRefused(name),
  );
  return Object.fromEntries(
    entries.map(([name, text]) => [
      name,
      text === undefined || isRealSecret(text) ? `\${${name}:-}` : translated(text),
    ]),
  );
}

function portKeys(ports: readonly { readonly name: string; readonly container: number }[]): Record<string, number> {
  return Object.fromEntries(ports.map(({ name, container }) => [name, container]));
}
