import { describe, expect, it } from 'vitest';
import { loadFiles, problemsOf, yaml } from './project.ts';

/** Nine lines that stand for 10^9 values. */
const bomb = [
  'a0: &a0 [x,x,x,x,x,x,x,x,x,x]',
  ...[1, 2, 3, 4, 5, 6, 7, 8].map(
    (n) =>
      `a${n}: &a${n} [${Array(10)
        .fill(`*a${n - 1}`)
        .join(',')}]`,
  ),
].join('\n');

describe('a YAML configuration', () => {
  it.each([
    ['an open list', 'a: [1,\nb: 2\n', /^devenv\.config\.yaml:2:1: Flow sequence/],
    [
      'a colon in a text',
      'processes:\n  web:\n    command: echo a: b\n',
      /^devenv\.config\.yaml:3:14: Nested mappings.*put quotes/,
    ],
    [
      'a reference in braces',
      'env: { A: ${db.url} }\n',
      /^devenv\.config\.yaml:1:12: .*inside \{ \} put quotes around/,
    ],
    ['a tab', 'a:\n\tb: 1\n', /^devenv\.config\.yaml:2:1: Tabs .*use spaces/],
    ['an unknown tag', 'a: !foo x\n', /^devenv\.config\.yaml:1:4: Unresolved tag: !foo/],
    ['two documents', 'a: 1\n---\nb: 2\n', /^devenv\.config\.yaml:2:1: .*multiple documents/],
    ['an alias to nothing', 'a: *b\n', /^devenv\.config\.yaml:1:4: a: nothing before it is marked &b/],
    ['a value that contains itself', 'env: &a { b: *a }\n', /^devenv\.config\.yaml:1:11: env\.b: contains itself/],
    ['an alias bomb', bomb, /^devenv\.config\.yaml: Excessive alias count/],
    [
      'a key that reaches prototypes',
      'env:\n  __proto__: { a: 1 }\n',
      /^devenv\.config\.yaml:2:3: env\.__proto__: `__proto__` can't be used as a key/,
    ],
    ['constructor', 'constructor: 1\n', /^devenv\.config\.yaml:1:1: constructor: `constructor` can't be used/],
    ['binary data', 'name: !!binary aGk=\n', /^devenv\.config\.yaml:1:\d+: /],
    [
      'not a number',
      'processes:\n  a: { command: x, port: .nan }\n',
      /^devenv\.config\.yaml:2:20: processes\.a\.port: is NaN, not plain data/,
    ],
  ])('refuses %s in one line', async (_what, text, message) => {
    const problems = await problemsOf(yaml(text));
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(message);
  });

  it('refuses a file of more than 1 MB', async () => {
    expect(await problemsOf(yaml(`# ${'x'.repeat(1_000_001)}\n`))).toEqual(['devenv.config.yaml: is larger than 1 MB']);
  });

  it('refuses bytes that are no text', async () => {
    const { writeFile } = await import('node:fs/promises');
    const { load, project } = await import('./project.ts');
    const root = await project({});
    await writeFile(`${root}/devenv.config.yaml`, Buffer.from([0x61, 0xff, 0xfe]));
    await expect(load(root)).rejects.toThrow("devenv.config.yaml: can't be read: it is not UTF-8 text");
  });

  it('takes an empty file, and keys without a value, as nothing', async () => {
    expect((await loadFiles(yaml(''))).config.services).toEqual({});
    expect((await loadFiles(yaml('\uFEFFservices:\nenv:\n'))).config.env).toEqual({});
  });

  it('replaces anchors and merge keys, and knows their places', async () => {
    const text = 'processes:\n  a: &a { command: run a, needs: [] }\n  b:\n    <<: *a\n    port: 0\n';
    expect(await problemsOf(yaml(text))).toEqual([
      'devenv.config.yaml:5:11: processes.b.port: `0` is not a port, a whole number from 1 to 65535',
    ]);
    const { config, explain } = await loadFiles(yaml(text.replace('port: 0', 'port: 1')));
    expect(config.processes.b).toMatchObject({ command: 'run a', port: 1 });
    expect(explain().find((value) => value.path === 'processes.b.command')?.place).toBe('devenv.config.yaml:2');
  });

  it('keeps the text of numbers in variables', async () => {
    const { config } = await loadFiles(
      yaml('env: { A: 007, B: 1.10, C: 0x1F, D: yes, E: true, F: 1e3, G: 12345678901234567890 }\n'),
    );
    expect(config.env).toEqual({
      A: '007',
      B: '1.10',
      C: '0x1F',
      D: 'yes',
      E: 'true',
      F: '1e3',
      G: '12345678901234567890',
    });
  });
});
