import type { RecordedRequest } from '../recording/recording.ts';
import { normalise } from './normalise.ts';

/** One place in which two requests differ: `messages[1].content`. Undefined where it isn't there. */
export interface Difference {
  readonly at: string;
  readonly recorded: string | undefined;
  readonly asked: string | undefined;
}

export function differences(recorded: RecordedRequest, asked: RecordedRequest): readonly Difference[] {
  const [before, now] = [leavesOf(recorded), leavesOf(asked)];
  return [...new Set([...before.keys(), ...now.keys()])]
    .map((at) => ({ at, recorded: before.get(at), asked: now.get(at) }))
    .filter((difference) => difference.recorded !== difference.asked);
}

function leavesOf(request: RecordedRequest): ReadonlyMap<string, string> {
  const { method, path, body } = normalise(request) as RecordedRequest;
  const leaves = new Map([
    ['the method', method],
    ['the path', path],
  ]);
  if (body === null) return leaves;
  for (const content of Object.values(body)) collect(content, '', leaves);
  return leaves;
}

function collect(value: unknown, path: string, leaves: Map<string, string>): void {
  const isEmpty = typeof value === 'object' && value !== null && Object.keys(value).length === 0;
  if (typeof value !== 'object' || value === null || isEmpty) {
    leaves.set(path || 'the body', JSON.stringify(value));
    return;
  }
  for (const [name, inner] of Object.entries(value)) {
    collect(inner, Array.isArray(value) ? `${path}[${name}]` : path === '' ? name : `${path}.${name}`, leaves);
  }
}

/** `messages[1].content is "Hi", and was "Hello" when it was recorded`; the first few, and how many more there are. */
export function differenceWords(all: readonly Difference[], shown = 3): string {
  const words = all.slice(0, shown).map(({ at, recorded, asked }) => {
    if (recorded === undefined) return `${at} is ${short(asked)}, and was not there`;
    return asked === undefined ? `${at} is missing, and was ${short(recorded)}` : pair(at, recorded, asked);
  });
  return [...words, ...(all.length > shown ? [`${all.length - shown} more`] : [])].join('; ');
}

/** Of two long texts from a little before the first difference on. */
function pair(at: string, recorded: string, asked: string): string {
  let same = 0;
  while (same < recorded.length && recorded[same] === asked[same]) same++;
  const from = same > 40 ? same - 20 : 0;
  return `${at} is ${short(asked, from)}, and was ${short(recorded, from)}`;
}

function short(text: string | undefined, from = 0): string {
  const part = text?.slice(from, from + 60) ?? '';
  return `${from > 0 ? '…' : ''}${part}${part.length + from < (text?.length ?? 0) ? '…' : ''}`;
}
