import type { Evidence, Line, NoteFinding } from '../finding.ts';

/** The configuration that is about to be written, every line with what it is based on. */
export interface Draft {
  readonly name: Line | undefined;
  readonly services: readonly Block[];
  /** How an empty database gets its content. */
  readonly data: readonly Line[];
  readonly processes: readonly Block[];
  readonly env: readonly Line[];
  /** What outside services are answered for. */
  readonly mocks: readonly Line[];
  /** Variables of `.env.example` that nothing is known of: names alone, their values belong to nobody else. */
  readonly unset: readonly { readonly name: string; readonly evidence: Evidence }[];
  readonly notes: readonly NoteFinding[];
}

/** One service or process. */
export interface Block {
  readonly name: string;
  readonly because: readonly Evidence[];
  readonly lines: readonly Line[];
}

/** The draft as plain data: what the file says. */
export function configOf(draft: Draft): Record<string, unknown> {
  const keys = (lines: readonly Line[]) => Object.fromEntries(lines.map(({ key, value }) => [key, value]));
  const blocks = (list: readonly Block[]) => Object.fromEntries(list.map(({ name, lines }) => [name, keys(lines)]));
  return {
    ...(draft.name ? { name: draft.name.value } : {}),
    ...(draft.services.length > 0 ? { services: blocks(draft.services) } : {}),
    ...(draft.data.length > 0 ? { data: keys(draft.data) } : {}),
    ...(draft.processes.length > 0 ? { processes: blocks(draft.processes) } : {}),
    ...(draft.env.length > 0 ? { env: keys(draft.env) } : {}),
    ...(draft.mocks.length > 0 ? { mocks: keys(draft.mocks) } : {}),
  };
}

/** One line of what was found: where it goes, what it is based on. */
export interface Basis extends Evidence {
  readonly path: string;
}

export function basisOf(draft: Draft): readonly Basis[] {
  const block = (kind: string) => (one: Block) => [
    ...one.because.map((evidence) => ({ path: `${kind}.${one.name}`, ...evidence })),
    ...one.lines.flatMap((line) => basisOfLine(`${kind}.${one.name}`, line)),
  ];
  return [
    ...(draft.name?.because ?? []).map((evidence) => ({ path: 'name', ...evidence })),
    ...draft.services.flatMap(block('services')),
    ...draft.data.flatMap((line) => basisOfLine('data', line)),
    ...draft.processes.flatMap(block('processes')),
    ...draft.env.flatMap((line) => basisOfLine('env', line)),
    ...draft.mocks.flatMap((line) => basisOfLine('mocks', line)),
  ];
}

function basisOfLine(above: string, { key, because, inner = [] }: Line): readonly Basis[] {
  const path = `${above}.${key}`;
  return [...because.map((evidence) => ({ path, ...evidence })), ...inner.flatMap((line) => basisOfLine(path, line))];
}
