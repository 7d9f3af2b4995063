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
    ['an open group', 'env: { A: 1,\nname: b\n', /^devenv\.config\.yaml:2:1: a `}` is missing before this line$/],
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
    ['a tab', 'env:\n\tb: 1\n', /^devenv\.config\.yaml:2:1: Tabs .*use spaces/],
    ['an unknown tag', 'a: !foo x\n', /^devenv\.config\.yaml:1:4: Unresolved tag: !foo/],
    [
      'two documents',
      'name: a\n---\nb: 2\n',
      /^devenv\.config\.yaml:2:1: .*a second document begins with `---`; keep one$/,
    ],
    ['an alias to nothing', 'env: *b\n', /^devenv\.config\.yaml:1:6: env: nothing before it is marked &b/],
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

  it.each([
    [
      'a key that is given twice',
      'name: a\nname: b\nprocesses:\n  web: { command: x, prot: 1 }\n',
      [
        'devenv.config.yaml:2:1: name: `name` is given twice; the first is on line 1',
        'devenv.config.yaml:4:22: processes.web.prot: unknown key `prot`; did you mean `port`?',
      ],
    ],
    [
      'mistakes within lines',
      'env:\n  A: @x\n  B: a: b\n  C: [1\nnam: y\n',
      [
        /^devenv\.config\.yaml:2:6: Plain value cannot start with reserved character @/,
        /^devenv\.config\.yaml:3:6: Nested mappings/,
        /^devenv\.config\.yaml:5:1: a `]` is missing before this line$/,
      ],
    ],
    [
      'one that leaves open what follows',
      'nam: y\nservices:\n  db:\n    engine: postgres\n   version: 17\n  cache: { engin: redis }\nprocesses:\n  web: { needs: [cache] }\n',
      [
        'devenv.config.yaml:1:1: nam: unknown key `nam`; did you mean `name`?',
        /^devenv\.config\.yaml:5:1: All mapping items must start at the same column/,
      ],
    ],
    [
      'an open quote, which swallows the rest',
      'processes:\n  web:\n    command: "x\n    port: 1\nenv: {}\n',
      [/^devenv\.config\.yaml:3:14: Missing closing "quote/],
    ],
    [
      'an alias to nothing and a wrong value',
      'services: { db: *b }\nprocesses: { web: { command: x, port: 0 } }\n',
      [
        'devenv.config.yaml:1:17: services.db: nothing before it is marked &b',
        'devenv.config.yaml:2:39: processes.web.port: `0` is not a port, a whole number from 1 to 65535',
      ],
    ],
  ])('is told of all its problems at once: %s', async (_what, text, wanted) => {
    const problems = await problemsOf(yaml(text));
    expect(problems).toEqual(
      wanted.map((one) => (typeof one === 'string' ? one : (expect.stringMatching(one) as unknown))),
    );
  });

  it('says what is wrong in one file also when another can not be read', async () => {
    const files = {
      'devenv.config.yaml': 'processes: {web: {needs: [db]}}\nnam: x',
      'devenv.config.local.yaml': 'env: "x',
    };
    expect(await problemsOf(files)).toEqual([
      expect.stringMatching(/^devenv\.config\.local\.yaml:1:6: Missing closing/),
      'devenv.config.yaml:2:1: nam: unknown key `nam`; did you mean `name`?',
    ]);
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

  it('is not felled by depth', async () => {
    expect(await problemsOf(yaml(`a: ${'['.repeat(100_000)}`))).toEqual(['devenv.config.yaml: nested too deeply']);
  });
});
