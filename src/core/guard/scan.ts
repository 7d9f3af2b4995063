import { Secret } from '../secret.ts';
import { findKeys, type Key, maskKeys } from './find.ts';
import type { KeyMode, ProviderKind } from './shapes.ts';

/** A key in a file. */
export interface FoundKey {
  /** From 1. */
  readonly line: number;
  /** What the line calls it; null where that can't be told. */
  readonly variable: string | null;
  readonly provider: string;
  readonly kind: ProviderKind;
  readonly mode: KeyMode;
  readonly starts: string;
  /** To tell whether another version of the file has it as well. */
  readonly value: Secret;
}

export interface Scan {
  readonly keys: readonly FoundKey[];
  /** How many lines somebody has accepted by the mark. */
  readonly accepted: number;
}

/** Takes a text in pieces, as it comes from a disk or from git. */
export interface Scanner {
  push(piece: string): void;
  end(): Scan;
}

/** A line with it in a comment is accepted, whatever else the comment says; as is the one after a comment that is nothing else. */
const MARK = /(?:^|[\s;,])(?:#|\/\/|--|;|\/\*|<!--|\{\/\*|%)[^"'`\n]{0,200}devenv-guard:\s{0,3}allow\b/;
/** Of a trimmed line. */
const MARK_ALONE = /^(?:#|\/\/|--|;|\/\*|<!--|\{\/\*|%)?\s*devenv-guard:\s{0,3}allow\s*(?:\*\/\}?|-->)?$/;

/** Longer than any key with what has to be seen beside it. */
const OVERLAP = 64 * 1024;
const WHOLE = 8 * 1024 * 1024;

/** All keys of a text that aren't those of a test mode, with their lines. */
export function scanText(text: string): Scan {
  const scan = scanner();
  scan.push(text);
  return scan.end();
}

export function scanner(): Scanner {
  const keys: FoundKey[] = [];
  let accepted = 0;
  let text = '';
  let line = 1;
  const take = (end: number): void => {
    let counted = 0;
    for (const key of findKeys(text)) {
      if (key.index >= end || key.mode === 'test') continue;
      line += newlines(text, counted, key.index);
      counted = key.index;
      if (isAccepted(text, key.index)) accepted++;
      else keys.push(found(text, key, line));
    }
    line += newlines(text, counted, end);
    text = text.slice(end);
  };
  return {
    push(piece) {
      text += piece;
      if (text.length >= WHOLE) take(cutBefore(text, text.length - OVERLAP));
    },
    end() {
      take(text.length);
      return { keys, accepted };
    },
  };
}

/** At the beginning of a line, two lines back, so that the mark above a line stays with it; anywhere in a long one. */
function cutBefore(text: string, end: number): number {
  const last = text.lastIndexOf('\n', end);
  const before = text.lastIndexOf('\n', last - 1);
  return before > end - OVERLAP ? before + 1 : end;
}

function newlines(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) count++;
  return count;
}

function found(text: string, { index, length, provider, kind, mode, starts }: Key, line: number): FoundKey {
  const value = new Secret(text.slice(index, index + length));
  return { line, variable: nameBefore(text, index), provider, kind, mode, starts, value };
}

function isAccepted(text: string, index: number): boolean {
  const start = text.lastIndexOf('\n', index - 1) + 1;
  if (MARK.test(lineAt(text, start))) return true;
  const above = text.lastIndexOf('\n', start - 2) + 1;
  return start > 0 && MARK_ALONE.test(lineAt(text, above).trim());
}

/** A line of a minified file is cut: a mark stands within what an editor shows. */
function lineAt(text: string, start: number): string {
  const end = text.indexOf('\n', start);
  return text.slice(start, Math.min(end < 0 ? text.length : end, start + OVERLAP));
}

/** The beginning of a URL that the key is in: what looks like a name there, such as its scheme, is none. */
const ADDRESS = /[a-z][a-z0-9+.-]{0,63}:\/\/[^\s"'`]{0,200}$/i;
/** `NAME=`, `name: "`, `"name": "`, with what stands before the key in its value. */
const ASSIGNED = /([A-Za-z_][\w.-]{0,63})["'`]?\]?\s{0,3}(?:=>|:=|=|:)\s{0,3}["'`]?[^\s"'`]{0,128}$/;
/** In a Dockerfile. */
const INSTRUCTED = /\b(?:ENV|ARG)\s+(\w{1,64})\s+["']?$/;

function nameBefore(text: string, index: number): string | null {
  const start = Math.max(text.lastIndexOf('\n', index - 1) + 1, index - 256);
  const before = text.slice(start, index).replace(ADDRESS, '');
  const name = (ASSIGNED.exec(before) ?? INSTRUCTED.exec(before))?.[1];
  return name === undefined ? null : maskKeys(name);
}
