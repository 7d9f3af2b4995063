import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseJson } from '../../../src/config/parse-json.ts';
import { problemsOf } from './project.ts';

describe('a JSON configuration', () => {
  it.each([
    [
      'a comma too many',
      '{\n  "env": {"A": "1",}\n}',
      'devenv.config.json:2:19: env: JSON allows no comma before the end',
    ],
    ['a comment', '{\n  // no\n}', 'devenv.config.json:2:3: JSON allows no comments'],
    ['single quotes', "{'a': 1}", "devenv.config.json:1:2: expected a key in double quotes, found `'`"],
    [
      'a missing end',
      '{"env": {',
      'devenv.config.json:1:10: env: the file ends where a key in double quotes is expected',
    ],
    ['a missing comma', '{"name": "a" "env": {}}', 'devenv.config.json:1:14: expected `,` or `}`, found `"`'],
    ['an open text', '{"a": "x\n}', 'devenv.config.json:1:7: a: the text has no closing quote'],
    [
      'a bad escape',
      '{"name": "\\q"}',
      'devenv.config.json:1:10: name: the text holds an escape or a control character that JSON does not know',
    ],
    ['text after the end', '{}\n{}', 'devenv.config.json:2:1: more text after the end of the JSON value'],
    ['a word', '{"a": yes}', 'devenv.config.json:1:7: a: expected a value, found `y`'],
    ['a number like 01', '{"a": 01}', 'devenv.config.json:1:7: a: expected a value, found `0`'],
    ['nothing', '', 'devenv.config.json:1:1: the file ends where a value is expected'],
    [
      'a repeated key',
      '{\n  "name": "a",\n  "name": "b"\n}',
      'devenv.config.json:3:3: name: `name` is given twice; the first is on line 2',
    ],
    [
      'a prototype',
      '{"env": {"__proto__": {}}}',
      "devenv.config.json:1:10: env.__proto__: `__proto__` can't be used as a key",
    ],
    [
      'an unknown key',
      '{\n  "proceses": {}\n}',
      'devenv.config.json:2:3: proceses: unknown key `proceses`; did you mean `processes`?',
    ],
    [
      'a wrong value',
      '{"processes": {"a": {"command": "x",\n "port": 0}}}',
      'devenv.config.json:2:10: processes.a.port: `0` is not a port, a whole number from 1 to 65535',
    ],
  ])('names the place of %s', async (_what, text, problem) => {
    expect(await problemsOf({ 'devenv.config.json': text })).toEqual([problem]);
  });

  it('is checked as a whole where a key is given twice', async () => {
    const text = `{
  "services": { "db": { "engine": "postgres" } },
  "services": { "cache": { "engine": "redis" }, "cache": { "engine": "postgres", "needs": ["db", "bd"] } }
}`;
    expect(await problemsOf({ 'devenv.config.json': text })).toEqual([
      'devenv.config.json:3:3: services: `services` is given twice; the first is on line 2',
      'devenv.config.json:3:49: services.cache: `cache` is given twice; the first is on line 3',
      'devenv.config.json:3:98: services.cache.needs[1]: there is no `bd`; did you mean `db`?',
    ]);
  });

  it('is told of all its problems at once', async () => {
    const text = `{
  // what we sell
  "name": "shop",
  "name": "store",
  "processes": {
    "web": { "command": "x", "prot": 1, }
    "worker": { "port": 0 }
  },
  "env": { "A": yes, "B": "\${nothing.url}" },
  "nam": "x"
}`;
    expect(await problemsOf({ 'devenv.config.json': text })).toEqual([
      'devenv.config.json:2:3: JSON allows no comments',
      'devenv.config.json:4:3: name: `name` is given twice; the first is on line 3',
      'devenv.config.json:6:30: processes.web.prot: unknown key `prot`; did you mean `port`?',
      'devenv.config.json:6:39: processes.web: JSON allows no comma before the end',
      'devenv.config.json:7:5: processes: expected `,` or `}`, found `"`',
      'devenv.config.json:7:25: processes.worker.port: `0` is not a port, a whole number from 1 to 65535',
      'devenv.config.json:9:17: env.A: expected a value, found `y`',
    ]);
  });

  it('may name its schema', async () => {
    expect(await problemsOf({ 'devenv.config.json': '{"$schema": "x"}' })).toEqual([]);
  });

  it('is not felled by depth', () => {
    expect(parseJson('['.repeat(100_000)).flaws[0]?.message).toBe('nested too deeply');
  });

  it('is read as JSON.parse reads it', () => {
    const plain = fc
      .jsonValue({ maxDepth: 4 })
      .filter((value) => !/__proto__|constructor|prototype/.test(JSON.stringify(value)));
    fc.assert(
      fc.property(plain, fc.constantFrom(undefined, 2, '\t'), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        expect(parseJson(text)).toMatchObject({ flaws: [], value: JSON.parse(text) });
      }),
    );
  });

  it('never takes what JSON.parse refuses', () => {
    const text = fc.string({
      unit: fc.constantFrom('{', '}', '[', ']', '"', ',', ':', '1', '0', '.', '-', 'e', 'true', ' ', '\n', '\\', 'a'),
    });
    fc.assert(
      fc.property(text, (json) => {
        if (parseJson(json).flaws.length === 0) JSON.parse(json);
      }),
      { numRuns: 2_000 },
    );
  });
});
