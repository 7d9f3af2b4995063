import { isKeys, keysOf } from '../../config/path.ts';
import { folderOf } from '../files.ts';
import { type Finding, note, Rank, type VariableFinding } from '../finding.ts';
import { word } from '../js/manager.ts';
import { at, type Entry, listOf } from './entry.ts';
import { plainValue } from './plain-value.ts';
import { portsOf } from './ports.ts';
import { unreadEnvFiles } from './unknown-keys.ts';
import { commandWords, environmentOf, interpolated } from './values.ts';

/** What is built is the app: it runs on the host, as a process, where its tools and its editor are. */
export function appService(entry: Entry): readonly Finding[] {
  const { service, lookup, name } = entry;
  const { ports } = portsOf('', listOf(service.ports), lookup);
  const words = commandWords(service.command);
  const [port] = ports;
  const part = folderOf(entry.data.name) === '.' ? contextOf(service.build) : '.';
  const evidence = at(entry, ['build'], `service ${name}`);
  return [
    { kind: 'app', name, part, evidence },
    note('built from the project: the app, which runs on the host', evidence),
    ...unreadEnvFiles(entry),
    ...variablesOf(entry, part),
    ...(words.length === 0
      ? []
      : [
          {
            kind: 'process',
            role: port ? 'web' : 'other',
            name,
            command: words.map(word).join(' '),
            rank: Rank.image,
            cwd: part,
            ...(port ? { port: { value: port.container, evidence: at(entry, ['ports'], 'ports') } } : {}),
            evidence: at(entry, ['command'], `command of ${name}`),
          } as const,
        ]),
  ];
}

function variablesOf(entry: Entry, part: string): readonly VariableFinding[] {
  const services = new Set(Object.keys(keysOf(entry.data.value.services)));
  return [...environmentOf(entry.service.environment)].map(([name, text]): VariableFinding => {
    const example = text === undefined ? undefined : interpolated(text, entry.lookup);
    const plain = text === undefined ? undefined : plainValue(name, text, services);
    return {
      kind: 'variable',
      name,
      ...(example === undefined ? {} : { example }),
      ...(plain === undefined ? {} : { plain }),
      listed: true,
      part,
      app: entry.name,
      evidence: at(entry, ['environment', name], name),
    };
  });
}

/** The folder that it is built from, as long as that is inside of the project. */
function contextOf(build: unknown): string {
  const context = isKeys(build) ? build.context : build;
  const folder = /^\.\/([\w][\w./-]*?)\/?$/.exec(String(context))?.[1];
  return folder === undefined || folder.split('/').includes('..') ? '.' : folder;
}
