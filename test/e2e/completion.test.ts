import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import { delimiter, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { BIN, type Machine, makeMachine, type Project } from '../support/project.ts';
import { hasTmux, openScreen, type Screen } from '../support/screen.ts';

const PACKAGE = '/usr/share/bash-completion/bash_completion';

interface Shell {
  readonly name: string;
  readonly there: boolean;
  /** What is typed to begin, each a line. */
  readonly lines: readonly string[];
}

const SHELLS: readonly Shell[] = [
  {
    name: 'bash',
    there: isInstalled('bash'),
    lines: ["PS1='> ' exec bash --norc --noprofile", 'source <(devenv completion bash)'],
  },
  {
    name: 'bash with the package bash-completion',
    there: isInstalled('bash') && existsSync(PACKAGE),
    lines: ["PS1='> ' exec bash --norc --noprofile", `source ${PACKAGE}`, 'source <(devenv completion bash)'],
  },
  {
    name: 'zsh',
    there: isInstalled('zsh'),
    lines: ["PS1='> ' exec zsh -f", 'autoload -Uz compinit && compinit -u -D', 'source <(devenv completion zsh)'],
  },
  {
    name: 'fish',
    there: isInstalled('fish'),
    lines: [
      'exec fish --no-config',
      // What it guesses from the history looks like what was completed.
      'set -g fish_autosuggestion_enabled 0; function fish_prompt; echo "> "; end',
      'devenv completion fish | source',
    ],
  },
];

const CONFIG = `
name: shop
runtime: docker
services:
  db: { engine: postgres, version: "17" }
  cache: { engine: redis, version: "8" }
  mail: { image: "mailpit:1", ports: { ui: 8025, smtp: 1025 } }
processes:
  migrate: { command: "true", once: true, needs: [db] }
  web: { command: sleep 1000, needs: [migrate], port: 3000 }
  worker: { command: sleep 1000, env: { QUEUE: mails } }
env:
  DATABASE_URL: \${db.url}
environments:
  quality: {}
`;

/** What is typed before the tab key, and the line after it. */
const CASES: readonly (readonly [typed: string, line: string])[] = [
  ['devenv resta', 'devenv restart '],
  ['devenv --vers', 'devenv --version '],
  ['devenv logs we', 'devenv logs web '],
  ['devenv logs -f we', 'devenv logs -f web '],
  ['devenv restart web w', 'devenv restart web worker '],
  ['devenv start mi', 'devenv start migrate '],
  ['devenv stop ca', 'devenv stop cache '],
  ['devenv up wo', 'devenv up worker '],
  ['devenv open w', 'devenv open web '],
  ['devenv open m', 'devenv open mail '],
  ['devenv shell d', 'devenv shell db '],
  ['devenv up --dry', 'devenv up --dry-run '],
  ['devenv up --runtime em', 'devenv up --runtime embedded '],
  ['devenv up --runtime=em', 'devenv up --runtime=embedded '],
  ['devenv up --set services.db.version=16 we', 'devenv up --set services.db.version=16 web '],
  ['devenv up -e A=b we', 'devenv up -e A=b web '],
  ['devenv env --tier qual', 'devenv env --tier quality '],
  ['devenv psql --service ', 'devenv psql --service db '],
  ['devenv redis --service=', 'devenv redis --service=cache '],
  ['devenv env why DATA', 'devenv env why DATABASE_URL '],
  ['devenv env why QUEU', 'devenv env why QUEUE '],
  ['devenv env why DVE_PRO', 'devenv env why DVE_PROJECT '],
  ['devenv init --template sh', 'devenv init --template shop '],
  ['devenv completion fi', 'devenv completion fish '],
  ['devenv help stat', 'devenv help status '],
  ['devenv run -- only-of', 'devenv run -- only-of-the-test '],
  ['devenv logs -C ../other th', 'devenv logs -C ../other this '],
  ['devenv logs --cwd=../other th', 'devenv logs --cwd=../other this '],
  ['devenv logs --cwd ../oth', 'devenv logs --cwd ../other/'],
  // Before the verb.
  ['devenv --qui', 'devenv --quiet '],
  ['devenv -C ../oth', 'devenv -C ../other/'],
  ['devenv -C ../other resta', 'devenv -C ../other restart '],
  ['devenv --cwd=../other logs th', 'devenv --cwd=../other logs this '],
  ['devenv -C ../other logs th', 'devenv -C ../other logs this '],
  ['devenv --verbose up wo', 'devenv --verbose up worker '],
  // Nothing to offer.
  ['devenv logs nothing', 'devenv logs nothing'],
  ['devenv logs -C ../broken t', 'devenv logs -C ../broken t'],
  ['devenv logs -C ../nowhere t', 'devenv logs -C ../nowhere t'],
  ['devenv psql --nothing-of-de', 'devenv psql --nothing-of-de'],
];

describe.skipIf(!hasTmux)('completion in a terminal (tmux)', () => {
  let machine: Machine;
  let shop: Project;
  let other: Project;
  /** How often the engine was asked. */
  let asked = 0;
  const engine = createServer((socket) => {
    asked += 1;
    socket.destroy();
  });

  beforeAll(async () => {
    machine = await makeMachine();
    const bin = join(machine.folder, 'bin');
    const socket = join(machine.folder, 'engine.sock');
    await new Promise<void>((resolve) => engine.listen(socket, resolve));
    await mkdir(bin);
    const env = { ...machine.env, PATH: `${bin}${delimiter}${machine.env.PATH}`, DOCKER_HOST: `unix://${socket}` };
    const made = await machine.project('shop', { 'devenv.config.yaml': CONFIG });
    shop = { ...made, env };
    await machine.project('bin', {
      devenv: `#!/bin/sh\nexec ${process.execPath} ${BIN} "$@"\n`,
      'only-of-the-test': '#!/bin/sh\n',
    });
    for (const name of ['devenv', 'only-of-the-test']) await chmod(join(bin, name), 0o755);
    other = await machine.project('other', {
      'devenv.config.mjs': `
console.log('there'); console.error('there');
export default { name: 'other', runtime: 'embedded', processes: { this: { command: 'sleep 1000' } } };
`,
    });
    await machine.project('broken', { 'devenv.config.yaml': 'processes: [this: }' });
  });
  afterAll(async () => {
    await machine[Symbol.asyncDispose]();
    engine.close();
  });

  describe.each(SHELLS)('$name', ({ there, lines }) => {
    let screen: Screen;

    beforeEach(async () => {
      if (!there) return;
      screen = await openScreen(shop);
      for (const line of lines) await screen.line(line);
      await screen.line('echo "it is "begun');
      await screen.shows(/^it is begun$/m);
    });
    afterEach(() => screen?.[Symbol.asyncDispose]());

    const completes = async (typed: string, line: string): Promise<string> => {
      await screen.press('C-l');
      await screen.type(typed);
      await screen.press('Tab');
      await screen.type('X');
      const text = await screen.shows(new RegExp(`^> ${escaped(`${line}X`)}$`, 'm'));
      await screen.press('C-u');
      return text;
    };

    it.skipIf(!there)(
      'completes verbs, flags, values, names and other commands, and never asks the engine',
      async () => {
        asked = 0;
        for (const [typed, line] of CASES) {
          const text = await completes(typed, line);
          expect(text.trim().split('\n').slice(1).join('').trim(), typed).toBe('');
        }
        expect(asked).toBe(0);
      },
    );

    it.skipIf(!there)('completes the id of an environment', async () => {
      await other.ok(['up', '--detach']);
      const all = await other.json<readonly { id: string; path: string }[]>(['ls', '--json']);
      const id = all.find(({ path }) => path === other.path)?.id ?? 'nowhere';
      await completes(`devenv down ${id.slice(0, 3)}`, `devenv down ${id} `);
    });

    it.skipIf(!there)('lists what there is', async () => {
      await screen.press('C-l');
      await screen.type('devenv restart ');
      await screen.press('Tab');
      await screen.press('Tab');
      for (const name of ['db', 'cache', 'migrate', 'web', 'worker']) {
        await screen.shows(new RegExp(`(?<!\\S)${name}(?!\\S)`));
      }
    });
  });
});

function isInstalled(shell: string): boolean {
  try {
    execFileSync(shell, ['-c', 'true'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
