import type { Answer, Part } from './provider.ts';

type Parts = Answer['parts'];

/** What can happen to an answer on its way: it begins that much later, or the connection is cut in its middle. */
export type Harm = { readonly kind: 'slow'; readonly ms: number } | { readonly kind: 'cut' };

export function harmed(answer: Answer, harm: Harm): Answer {
  switch (harm.kind) {
    case 'slow':
      return { ...answer, parts: later(answer.parts, harm.ms) };
    case 'cut':
      return { ...answer, parts: firstHalf(answer.parts), cut: true };
  }
}

/** All of them this much later, in milliseconds. A list stays one, for it is sent with its length. */
function later(parts: Parts, ms: number): Parts {
  if (!isList(parts)) return laterOnes(parts, ms);
  const [first, ...rest] = parts;
  return first ? [{ ...first, afterMs: first.afterMs + ms }, ...rest] : parts;
}

/** Half the bytes of a list, rounded down; of what comes bit by bit, and so has no known middle, the first bit. */
function firstHalf(parts: Parts): Parts {
  return isList(parts) ? halfOf(parts) : firstOf(parts);
}

function isList(parts: Parts): parts is readonly Part[] {
  return Array.isArray(parts);
}

async function* laterOnes(parts: Parts, ms: number): AsyncGenerator<Part> {
  let more = ms;
  for await (const part of parts) {
    yield { ...part, afterMs: part.afterMs + more };
    more = 0;
  }
}

function halfOf(parts: readonly Part[]): readonly Part[] {
  const all = parts.map(({ afterMs, data }) => ({ afterMs, data: Buffer.from(data as Uint8Array) }));
  let left = Math.floor(all.reduce((sum, { data }) => sum + data.length, 0) / 2);
  return all.flatMap(({ afterMs, data }) => {
    const kept = data.subarray(0, left);
    left -= kept.length;
    return kept.length > 0 ? [{ afterMs, data: kept }] : [];
  });
}

async function* firstOf(parts: Parts): AsyncGenerator<Part> {
  for await (const part of parts) {
    yield part;
    return;
  }
}
