import type { Draws } from '../../../lib/draws.ts';
import { isText } from '../types.ts';
import { plainWording, words } from './scalars.ts';
import type { Source } from './source.ts';
import { textSource } from './text.ts';
import { drawsOf, lengthsOf, type Tools } from './tools.ts';

/** Types of well-known extensions, by their name; null for any other. */
export function otherSource(tools: Tools, fullName: string): Source | null {
  const name = fullName.replace(/^.*\./, '').replaceAll('"', '');
  const own = drawsOf(tools, 'distinct');
  if (isText(tools.type)) {
    return textSource(plainWording(tools), lengthsOf(tools.type, tools.domain), tools.domain, own);
  }
  if (name === 'hstore') return hstoreSource(tools, own);
  if (name === 'ltree') return ltreeSource(tools, own);
  const vector = /^(?:half)?vec(?:tor)?(?:\((\d+)\))?$/.exec(name);
  if (vector) return { draw: (draws) => direction(draws, Number(vector[1] ?? 3)) };
  if (/^(geometry|geography)\b/.test(name)) {
    return { draw: (draws) => `POINT(${draws.between(-17_999, 17_999) / 100} ${draws.between(-8500, 8500) / 100})` };
  }
  return null;
}

function hstoreSource(tools: Tools, own: Draws): Source {
  const list = words(tools).filter((word) => /^[a-z]+$/.test(word));
  const pair = (draws: Draws) => `"${draws.pick(list)}"=>"${draws.pick(list)}"`;
  const distinct = {
    size: Number.MAX_SAFE_INTEGER,
    at: (index: number) => `"number"=>"${index}", ${pair(own.at(index))}`,
  };
  return { draw: pair, distinct };
}

function ltreeSource(tools: Tools, own: Draws): Source {
  const list = words(tools).filter((word) => /^[a-z]+$/.test(word));
  const label = (draws: Draws) => `${draws.pick(list)}.${draws.pick(list)}`;
  return {
    draw: label,
    distinct: { size: Number.MAX_SAFE_INTEGER, at: (index) => `${label(own.at(index))}.n${index}` },
  };
}

/** An embedding: as many numbers as the type says, of length 1 together. */
function direction(draws: Draws, dimensions: number): string {
  const numbers = Array.from({ length: dimensions }, () => draws.unit() - 0.5);
  const length = Math.sqrt(numbers.reduce((sum, number) => sum + number * number, 0)) || 1;
  return `[${numbers.map((number) => (number / length).toFixed(6)).join(',')}]`;
}
