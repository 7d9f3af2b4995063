import { BadRequest } from '../lib/routes.ts';
import type { ProcessSpec } from './protocol.ts';

/** Reads a ProcessSpec that came over the socket. Messages name fields, never values: those may be secret. */
export function parseSpec(text: string, name: string): ProcessSpec {
  const body = record(parseJson(text), 'the body');
  const command = record(body.command, 'command');
  const ready = record(body.ready, 'ready');
  return {
    name,
    command: { line: string(command.line, 'command.line'), cwd: absolute(command.cwd, 'command.cwd') },
    port: body.port === null ? null : port(body.port),
    url: body.url === null ? null : string(body.url, 'url'),
    ready: {
      timeoutMs: positive(ready.timeoutMs, 'ready.timeoutMs'),
      ...(ready.http === undefined ? {} : { http: string(ready.http, 'ready.http') }),
    },
    restart: oneOf(body.restart, ['on-failure', 'always', 'no'] as const, 'restart'),
    once: boolean(body.once, 'once'),
    watch: strings(body.watch, 'watch'),
    env: stringRecord(body.env, 'env'),
    fingerprint: stringRecord(body.fingerprint, 'fingerprint'),
    ...(body.input === undefined ? {} : { input: string(body.input, 'input') }),
  };
}

/** The parser's own message quotes the text, which may hold secrets. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new BadRequest(400, 'the body is not JSON');
  }
}

function demand(condition: boolean, field: string, wanted: string): void {
  if (!condition) throw new BadRequest(400, `${field} has to be ${wanted}`);
}

function record(value: unknown, field: string): Record<string, unknown> {
  demand(typeof value === 'object' && value !== null && !Array.isArray(value), field, 'an object');
  return value as Record<string, unknown>;
}

function string(value: unknown, field: string): string {
  demand(typeof value === 'string' && !value.includes('\0'), field, 'a string');
  return value as string;
}

function absolute(value: unknown, field: string): string {
  demand(string(value, field).startsWith('/'), field, 'an absolute path');
  return value as string;
}

function boolean(value: unknown, field: string): boolean {
  demand(typeof value === 'boolean', field, 'true or false');
  return value as boolean;
}

function positive(value: unknown, field: string): number {
  demand(Number.isFinite(value) && (value as number) > 0, field, 'a number above 0');
  return value as number;
}

function port(value: unknown): number {
  const fits = Number.isInteger(value) && (value as number) > 0 && (value as number) < 65_536;
  demand(fits, 'port', 'null or a port');
  return value as number;
}

function oneOf<T extends string>(value: unknown, choices: readonly T[], field: string): T {
  demand(choices.includes(value as T), field, `one of ${choices.join(', ')}`);
  return value as T;
}

function strings(value: unknown, field: string): string[] {
  demand(Array.isArray(value), field, 'a list');
  return (value as unknown[]).map((item) => string(item, field));
}

function stringRecord(value: unknown, field: string): Record<string, string> {
  const entries = Object.entries(record(value, field));
  return Object.fromEntries(entries.map(([key, item]) => [string(key, field), string(item, `${field}.${key}`)]));
}
