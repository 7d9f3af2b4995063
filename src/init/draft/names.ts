import { projectName } from '../../config/finish.ts';

/** A name that a service or process may have, made from any other. */
export function slug(text: string, fallback: string): string {
  const name = /[a-z]/i.test(text) ? projectName(text) : fallback;
  return isRefused(name) ? `my-${name}` : name;
}

/** The configuration has no such keys: they would reach into every object. */
export function isRefused(key: string): boolean {
  return ['__proto__', 'constructor', 'prototype'].includes(key);
}

/** Gives each name once, and none of `kept`: the second `web` is `web-2`, or the other name that is offered for it. */
export function nameGiver(kept: readonly string[] = []): (wanted: string, instead?: string) => string {
  const taken = new Set<string>(kept);
  return (wanted, instead) => {
    let name = taken.has(wanted) && instead !== undefined ? instead : wanted;
    for (let number = 2; taken.has(name); number += 1) name = `${wanted.slice(0, 28)}-${number}`;
    taken.add(name);
    return name;
  };
}

/** What Postgres may call a database or a user. */
export function isIdentifier(text: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_$-]{0,62}$/.test(text);
}
