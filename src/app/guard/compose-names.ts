import { entriesOf, isKeys, keysOf } from '../../config/path.ts';
import { environmentOf, referredIn, stringsOf } from '../../init/compose/values.ts';

/** What a compose file says is elsewhere, in its own words: paths may hold references. */
export interface ComposeNames {
  /** Files that are given to containers, or whose lines are: of variables, of labels, secrets and configs. */
  readonly contents: readonly string[];
  readonly composed: readonly OtherCompose[];
  /** Variables that Compose takes from the shell, or from the `.env` beside the file. */
  readonly variables: readonly string[];
}

/** Other compose files, which are put together as one. */
export interface OtherCompose {
  readonly paths: readonly string[];
  /** What their paths start from; null: the folder of the first. */
  readonly folder: string | null;
  readonly envFiles: readonly string[];
}

/** docs.docker.com/reference/compose-file: `include`, `extends`, `env_file`, `label_file`, `secrets`, `configs`. Pure. */
export function composeNames(value: unknown): ComposeNames {
  const { services, secrets, configs, include } = keysOf(value);
  const inner = entriesOf(services).map(([, service]) => keysOf(service));
  const held = [secrets, configs].flatMap((group) => entriesOf(group).map(([, one]) => keysOf(one)));
  const included = [include].flat().filter(isPresent).map(toInclude);
  return {
    contents: [
      ...inner.flatMap((service) => [...pathsOf(service.env_file), ...pathsOf(service.label_file)]),
      ...held.flatMap(({ file }) => pathsOf(file)),
      ...included.flatMap(({ envFiles }) => envFiles),
    ],
    composed: [
      ...inner.flatMap(({ extends: base }) => pathsOf(keysOf(base).file).map((path) => toInclude(path))),
      ...included,
    ],
    variables: [
      ...new Set([
        ...inner.flatMap(({ environment, build }) => [...unset(environment), ...unset(keysOf(build).args)]),
        ...held.flatMap(({ environment }) => (typeof environment === 'string' ? [environment] : [])),
        ...textsIn(value).flatMap(referredIn),
      ]),
    ],
  };
}

function toInclude(value: unknown): OtherCompose {
  if (!isKeys(value)) return { paths: pathsOf(value), folder: null, envFiles: [] };
  const { path, project_directory: folder, env_file: envFile } = value;
  return { paths: pathsOf(path), folder: typeof folder === 'string' ? folder : null, envFiles: pathsOf(envFile) };
}

/** A path, `path:` with more beside it, or a list of these. What another machine has is not in this checkout. */
function pathsOf(value: unknown): readonly string[] {
  return stringsOf([value].flat().map((one) => (isKeys(one) ? one.path : one))).filter(
    (path) => !/^(?:[a-z][a-z0-9+.-]*:\/\/|git@)/.test(path),
  );
}

/** A name without a value: it has the shell's. */
function unset(variables: unknown): readonly string[] {
  return [...environmentOf(variables)].flatMap(([name, value]) => (value === undefined ? [name] : []));
}

function isPresent(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  return entriesOf(value).flatMap(([, inner]) => textsIn(inner));
}
