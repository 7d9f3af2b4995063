import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { parseDotenv } from '../../config/parse-dotenv.ts';
import { parseYaml } from '../../config/parse-yaml.ts';
import { entriesOf, isKeys, keysOf } from '../../config/path.ts';
import { readText } from '../../config/read.ts';
import { interpolated, type Lookup } from '../../init/compose/values.ts';
import { type GuardFailure, shownName } from './report.ts';

/** Files whose content Compose gives to containers, named by a compose file wherever they lie. */
export interface Named {
  readonly files: readonly string[];
  readonly failures: readonly GuardFailure[];
}

export function isComposeFile(name: string): boolean {
  return /(?:^|\/)(?:docker-)?compose(?:[.-][^/]*)?\.ya?ml$/.test(name);
}

/** What `env_file`, `secrets` and `configs` name. Its own text is scanned as any other's. */
export async function namedByCompose(top: string, name: string): Promise<Named> {
  const path = join(top, Buffer.from(name, 'latin1').toString('utf8'));
  const file = shownName(name);
  const read = await readText(path);
  if ('missing' in read) return { files: [], failures: [] };
  if ('problem' in read) return { files: [], failures: [{ file, why: read.problem }] };
  const { value, flaws } = parseYaml(read.text);
  const [flaw] = flaws;
  if (flaw && !isKeys(value))
    return { files: [], failures: [{ file, why: `it can't be understood: ${flaw.message}` }] };
  const folder = dirname(path);
  const lookup = await lookupIn(folder);
  const named = namesIn(value).map((one) => ({ one, path: interpolated(one, lookup) }));
  return {
    files: named.flatMap((one) => (one.path === undefined ? [] : [resolve(folder, atHome(one.path))])),
    failures: named.flatMap(({ one, path: found }) =>
      found === undefined ? [{ file, why: `which file ${one} is can't be told: a variable in it has no value` }] : [],
    ),
  };
}

/** Compose reads the `.env` beside the file for this, and the shell's variables before it. */
async function lookupIn(folder: string): Promise<Lookup> {
  const read = await readText(join(folder, '.env'));
  const beside = new Map('text' in read ? parseDotenv(read.text).map(({ name, value }) => [name, value]) : []);
  return (name) => process.env[name] ?? beside.get(name);
}

function atHome(path: string): string {
  return path.replace(/^~(?=\/)/, homedir());
}

function namesIn(value: unknown): readonly string[] {
  const { services, secrets, configs } = keysOf(value);
  const envFiles = entriesOf(services).flatMap(([, service]) => [keysOf(service).env_file].flat());
  const contents = [secrets, configs].flatMap((group) => entriesOf(group).map(([, one]) => keysOf(one).file));
  return [...envFiles.map((one) => (isKeys(one) ? one.path : one)), ...contents].filter(
    (one): one is string => typeof one === 'string',
  );
}
