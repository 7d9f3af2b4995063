import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { commands } from '../../src/cli/commands.ts';
import { jsonSchema } from '../../src/config/json-schema.ts';
import { ExitCode } from '../../src/core/errors.ts';
import { engines } from '../../src/engines/index.ts';

const readme = readFileSync('README.md', 'utf8');
const withoutBlocks = readme.replace(/^```[\s\S]*?^```$/gm, '');
const codeWords = new Set([...withoutBlocks.matchAll(/`([^`]+)`/g)].flatMap(([, code = '']) => code.split(/[^\w-]+/)));

/** What the README leaves out, nobody finds; what it still names, nobody gets. */
describe('the README', () => {
  it.each(commands.map(({ name }) => name))('names the command %s', (name) => {
    expect(readme).toContain(`devenv ${name}`);
  });

  it('names every key of the configuration', () => {
    const keys = keysOf(jsonSchema()).filter((key) => !key.startsWith('$'));
    expect(keys).toContain('extensions');
    expect(keys.filter((key) => !codeWords.has(key))).toEqual([]);
  });

  it.each(Object.keys(engines))('names the engine %s', (name) => {
    expect(codeWords.has(name)).toBe(true);
  });

  it('names every exit code', () => {
    const listed = readme.slice(readme.indexOf('**Exit codes**')).split('\n\n')[0] ?? '';
    expect(Object.values(ExitCode).filter((code) => !new RegExp(`\\b${code} `).test(listed))).toEqual([]);
  });

  it('never makes npx fetch: it is run with the local bin only', () => {
    expect(readme).not.toMatch(/npx (?!devenv\b)\S+|npx devenv@|npm (i|install|exec)( -g)? devenv\b/);
  });
});

function keysOf(schema: unknown): readonly string[] {
  if (Array.isArray(schema)) return [...new Set(schema.flatMap(keysOf))];
  if (schema === null || typeof schema !== 'object') return [];
  const own = 'properties' in schema && schema.properties ? Object.keys(schema.properties) : [];
  return [...new Set([...own, ...Object.values(schema).flatMap(keysOf)])];
}
