import type { Draws } from '../../../lib/draws.ts';
import { type Collection, collectionOf } from './collections.ts';
import { namesFor } from './naming.ts';
import { countAsked, sentencesOn } from './prose.ts';
import { capitalized, topicOf, wordsOf } from './words.ts';

const LIST =
  /\b(?:list|bullets?|bullet points|ideas|suggestions|examples|steps|tips|reasons|names|ways|benefits|facts)\b/i;
/** "Name three colors", "give me 5 dog breeds", "what are the planets". */
const SOME =
  /^(?:please |can you |could you )?(?:list|name|enumerate|give|tell|suggest|show|write|say|what are|generate|provide)(?: me| us| down| out)? (?:the |some |all |any |your |of )*(?:(\d{1,3}|[a-z]{3,6}) )?((?:[\p{L}-]{1,30} ){0,4}?[\p{L}-]{2,30}s|people)\b(?! of (?:all|my|the file))/iu;
const SAID_AS_SENTENCES =
  /^(?:idea|suggestion|example|step|tip|reason|way|benefit|fact|point|bullet|advantage|thing)s$/i;
const KINDS_OF = ['Classic', 'Modern', 'Simple', 'Golden', 'Northern', 'Wild', 'Royal', 'Little', 'Grand', 'Silver'];
const MOST = 30;

/** The lines of a list that is asked for; null where none is. */
export function listOn(asked: string, draws: Draws): string[] | null {
  const start = asked.trim().slice(0, 160);
  const some = SOME.exec(start);
  const isList = LIST.test(start);
  if (!some && !isList) return null;
  const said = countAsked(start.replace(/\bone per line\b/i, ''), 'things');
  const count = Math.min(Math.max(said ?? (isList ? 3 : 5), 1), MOST);
  const names = namesFor(start, count, draws);
  if (names) return names;
  const thing = some?.[2]?.split(' ').at(-1) ?? '';
  const collection = collectionOf(thing, start);
  if (collection)
    return membersOf(collection, said ?? (collection.isClosed ? collection.members.length : count), draws);
  if (said !== null && some && !SAID_AS_SENTENCES.test(thing) && !isList) return invented(some[2] ?? '', count, draws);
  return isList ? sentencesOn(asked, count, draws) : null;
}

/** How a list is written, as the request has it: by commas, with points, or with numbers. */
export function asList(lines: readonly string[], request: string): string {
  if (/\bcomma[- ]separated\b|\bseparated by commas?\b/i.test(request)) return lines.join(', ');
  if (/\bone per line\b|\bno (?:numbers|bullets)\b|\bline by line\b/i.test(request)) return lines.join('\n');
  const isBulleted = /\bbullet(?:s|ed)?\b/i.test(request);
  return lines.map((line, index) => `${isBulleted ? '-' : `${index + 1}.`} ${line}`).join('\n');
}

function membersOf({ members, isClosed }: Collection, count: number, draws: Draws): string[] {
  const first = isClosed ? 0 : draws.below(members.length);
  return Array.from(
    { length: Math.min(count, members.length) },
    (_, index) => members[(first + index) % members.length] ?? '',
  );
}

/** Nobody knows them, but each is one: "Classic tea brand". */
function invented(things: string, count: number, draws: Draws): string[] {
  const words = wordsOf(things).length > 0 ? things : topicOf(things);
  const one = words
    .replace(/ies$/, 'y')
    .replace(/([^s])s$/, '$1')
    .toLowerCase();
  const first = draws.below(KINDS_OF.length);
  return Array.from({ length: count }, (_, index) => {
    const kind = KINDS_OF[(first + index) % KINDS_OF.length] ?? '';
    const round = Math.floor(index / KINDS_OF.length);
    return capitalized(round === 0 ? `${kind} ${one}` : `${kind} ${one} ${round + 1}`);
  });
}
