import { join, relative } from 'node:path';
import { maskKeys } from '../../core/guard/find.ts';
import type { FoundKey } from '../../core/guard/scan.ts';

/** A key in a file, as it may be told. */
export interface GuardFind {
  readonly file: string;
  readonly line: number;
  readonly variable: string | null;
  readonly provider: string;
  /** The key's fixed first characters. */
  readonly starts: string;
  /** Where a branch added it; null outside of commits. */
  readonly commit: string | null;
  /** The file only asks for it: it is a variable of the shell. */
  readonly fromShell?: true;
}

export interface GuardFailure {
  readonly file: string;
  readonly why: string;
}

/** What a scan has seen. One that failed anywhere has not found nothing. */
export interface GuardReport {
  readonly finds: readonly GuardFind[];
  readonly failures: readonly GuardFailure[];
  /** Lines with the mark, and variables that the configuration allows. */
  readonly accepted: number;
  /** How many files were read. */
  readonly files: number;
}

export function guardFind(name: string, key: FoundKey, commit: string | null): GuardFind {
  const { line, variable, provider, starts } = key;
  return { file: shownName(name), line, variable, provider, starts, commit };
}

/** `why` may quote a path, or what stands in a file: a key in it is shown as little as one in the file's name. */
export function guardFailure(name: string, why: string): GuardFailure {
  return { file: shownName(name), why: shownText(why) };
}

/** The absolute path of what git calls so. */
export function pathOf(top: string, name: string): string {
  return join(top, Buffer.from(name, 'latin1').toString('utf8'));
}

/** What git would call an absolute path, one byte a character. */
export function nameOf(top: string, path: string): string {
  return Buffer.from(relative(top, path)).toString('latin1');
}

/** Names are bytes, one a character; whatever stands in one, a key in it is not shown, and none moves the cursor. */
function shownName(name: string): string {
  return shownText(Buffer.from(name, 'latin1').toString('utf8'));
}

function shownText(text: string): string {
  const visible = text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (character) => JSON.stringify(character).slice(1, -1));
  return maskKeys(visible);
}
