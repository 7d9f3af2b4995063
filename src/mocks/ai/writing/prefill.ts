import { isObject, parsed } from '../json.ts';
import type { Prompt } from '../prompt.ts';

/** An object or array that was begun, with what it holds so far. */
interface Open {
  readonly isList: boolean;
  readonly keys: string[];
  /** How many values of a list are there. */
  count: number;
  /** What is to come next in it. */
  next: 'key' | 'colon' | 'value' | 'comma';
  /** After a comma something must come. */
  isOwed: boolean;
}

/** JSON that the answer is to go on with: the last message is the assistant's, and ends in the middle; else ''. */
export function prefillOf({ turns, format }: Prompt): string {
  const last = turns.at(-1);
  if (last?.role !== 'assistant' || format.kind === 'text') return '';
  return /^\s*[{[]/.test(last.text) && parsed(last.text) === undefined ? last.text : '';
}

/** What comes behind a beginning, so that both together are JSON; the values are those of `whole`, where it has them. */
export function continued(begun: string, whole: unknown): string {
  const { open, rest, mend } = read(begun);
  let out = mend;
  const nodes: unknown[] = [whole];
  for (const frame of open.slice(0, -1)) nodes.push(at(nodes.at(-1), frame));
  const frame = open.at(-1);
  const node = nodes.at(-1);
  if (!frame) return out;
  if (frame.next === 'key' && rest !== null) {
    const wanted = left(node, frame).find((key) => key.startsWith(rest)) ?? rest;
    out += JSON.stringify(wanted.slice(rest.length)).slice(1);
    frame.keys.push(wanted);
    frame.next = 'colon';
  } else if (frame.next === 'value' && rest !== null) {
    const value = at(node, frame);
    const goesOn = typeof value === 'string' && value.startsWith(rest) ? value.slice(rest.length) : '';
    out += JSON.stringify(goesOn).slice(1);
    ended(frame);
  }
  if (frame.next === 'colon') {
    out += ': ';
    frame.next = 'value';
  }
  if (frame.next === 'value' && (!frame.isList || frame.isOwed)) {
    out += JSON.stringify(at(node, frame) ?? null);
    ended(frame);
  }
  for (let level = open.length - 1; level >= 0; level -= 1) {
    const one = open[level] as Open;
    if (level < open.length - 1) ended(one);
    out += closed(one, nodes[level]);
  }
  return out;
}

/** What is missing in an object or list, and its end. */
function closed(frame: Open, node: unknown): string {
  const missing = frame.isList
    ? (Array.isArray(node) ? node : []).slice(frame.count).map((value) => JSON.stringify(value))
    : left(node, frame).map(
        (key) => `${JSON.stringify(key)}: ${JSON.stringify((node as Record<string, unknown>)[key])}`,
      );
  if (missing.length === 0 && frame.isOwed) missing.push('"more": null');
  const between = frame.next === 'comma' && missing.length > 0 ? ', ' : '';
  return `${between}${missing.join(', ')}${frame.isList ? ']' : '}'}`;
}

function left(node: unknown, { keys }: Open): string[] {
  return isObject(node) ? Object.keys(node).filter((key) => !keys.includes(key)) : [];
}

/** The value that stands where the frame is now. */
function at(node: unknown, { isList, keys, count }: Open): unknown {
  if (isList) return Array.isArray(node) ? node[count] : undefined;
  const key = keys.at(-1) ?? '';
  return isObject(node) && Object.hasOwn(node, key) ? node[key] : undefined;
}

function ended(frame: Open): void {
  frame.count += 1;
  frame.next = 'comma';
  frame.isOwed = false;
}

/** What is open at the end, the outermost first, and the text of a string that was begun. */
interface Begun {
  readonly open: Open[];
  readonly rest: string | null;
  /** What ends an escape, number or word in whose middle it stops. */
  readonly mend: string;
}

function read(begun: string): Begun {
  const open: Open[] = [];
  let last = '';
  for (const [token] of begun.matchAll(/"(?:[^"\\]|\\.)*(?:"|\\$)?|[{}[\],:]|[^\s{}[\],:"]+/gs)) {
    const frame = open.at(-1);
    last = token;
    if (token === '{' || token === '[') {
      open.push({ isList: token === '[', keys: [], count: 0, next: token === '[' ? 'value' : 'key', isOwed: false });
    } else if (token === '}' || token === ']') {
      open.pop();
      const around = open.at(-1);
      if (around) ended(around);
    } else if (!frame) continue;
    else if (token === ',') {
      frame.next = frame.isList ? 'value' : 'key';
      frame.isOwed = true;
    } else if (token === ':') frame.next = 'value';
    else {
      const isWhole = !token.startsWith('"') || (token.length > 1 && parsed(token) !== undefined);
      if (!isWhole) {
        const mend = escapeEnd(token);
        return { open, rest: String(parsed(`${token}${mend}"`) ?? token.slice(1)), mend };
      }
      if (frame.next === 'key') {
        frame.keys.push(String(parsed(token) ?? token));
        frame.next = 'colon';
        frame.isOwed = false;
      } else ended(frame);
    }
  }
  return { open, rest: null, mend: begun.endsWith(last) ? wordEnd(last) : '' };
}

function escapeEnd(text: string): string {
  const unicode = /\\u([0-9a-f]{0,3})$/i.exec(text)?.[1];
  if (unicode !== undefined) return '0'.repeat(4 - unicode.length);
  return (/\\{1,100}$/.exec(text)?.[0].length ?? 0) % 2 === 1 ? '\\' : '';
}

function wordEnd(word: string): string {
  if (/^-?\d*(?:\.\d*)?(?:e[-+]?)?$/i.test(word) && /[-+.e]$/i.test(word)) return '0';
  const whole = ['true', 'false', 'null'].find((one) => word !== '' && one.startsWith(word));
  return whole?.slice(word.length) ?? '';
}
