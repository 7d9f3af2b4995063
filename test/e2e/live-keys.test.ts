import { createHash, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Label } from '../../src/core/labels.ts';
import { engineObjects, testEngine } from '../support/engine-objects.ts';
import { expectFailure } from '../support/failure.ts';
import { expectUnkept, expectUntold } from '../support/leaks.ts';
import { lineKeys, liveKeys, mintedKeys, type SampleKey, secretPart } from '../support/live-keys.ts';
import { dockerHost, makeMachine, type Project, testedRuntimes } from '../support/project.ts';

const KEYS = liveKeys();
const PAID = new Set(['Stripe', 'OpenAI', 'Anthropic', 'Hugging Face', 'Groq', 'xAI', 'OpenRouter']);
const nameOf = (index: number) => `K${index}`;
const valuesOf = (keys: readonly { readonly value: string }[]) =>
  Object.fromEntries(keys.map(({ value }, index) => [nameOf(index), value]));

interface Place {
  /** As it is told, of the key at this place in the list. */
  readonly told: (index: number) => string;
  readonly files?: (keys: readonly SampleKey[]) => Readonly<Record<string, string>>;
  readonly args?: (keys: readonly SampleKey[]) => readonly string[];
}

const WEB = { command: 'exec tail -f /dev/null' };
const config = (parts: object) => ({
  'devenv.config.json': JSON.stringify({ runtime: 'embedded', processes: { web: WEB }, ...parts }, null, 1),
});
const dotenv = (keys: readonly SampleKey[]) =>
  keys.map(({ value }, index) => `${nameOf(index)}="${value.replaceAll('\n', '\\n')}"`).join('\n');
const atLine = (name: string) => (index: number) => `${name}:${index + 1})`;

/** Where a project gives variables to processes and services, each with how the place is told. */
const PLACES: Readonly<Record<string, Place>> = {
  '.env': { told: atLine('.env'), files: (keys) => ({ '.env': dotenv(keys) }) },
  '.env.local': { told: atLine('.env.local'), files: (keys) => ({ '.env.local': dotenv(keys) }) },
  'env of the configuration': {
    told: () => '(devenv.config.json:',
    files: (keys) => config({ env: valuesOf(keys) }),
  },
  'env of a tier': {
    told: () => '(devenv.config.json:',
    files: (keys) => config({ environments: { development: { env: valuesOf(keys) } } }),
  },
  'env of the local configuration': {
    told: () => '(devenv.config.local.json:',
    files: (keys) => ({ 'devenv.config.local.json': JSON.stringify({ env: valuesOf(keys) }) }),
  },
  'env of a process': {
    told: () => ', processes.web)',
    files: (keys) => config({ processes: { web: { ...WEB, env: valuesOf(keys) } } }),
  },
  'env of a service': {
    told: () => ', services.db)',
    files: (keys) => config({ services: { db: { engine: 'redis', env: valuesOf(keys) } } }),
  },
  '--env': {
    told: (index) => `(--env ${nameOf(index)})`,
    args: (keys) => keys.flatMap(({ value }, index) => ['--env', `${nameOf(index)}=${value}`]),
  },
};

describe.concurrent('a live key in any variable stops up before anything is started', () => {
  it.each(Object.entries(PLACES))('in %s', async (_place, { told, files, args }) => {
    await using machine = await makeMachine();
    const project = await machine.project('shop', { ...config({}), ...files?.(KEYS) });
    const result = await project.devenv(['up', '--detach', ...(args?.(KEYS) ?? [])]);
    expectFailure(result, { code: 4, says: [`${KEYS.length} live keys`, 'Nothing was started'] });
    const lines = result.stderr.split('\n');
    for (const [index, { provider, starts }] of KEYS.entries()) {
      const line = lines.find((one) => one.startsWith(`  ${nameOf(index)} (`));
      expect(line).toContain(told(index));
      expect(line).toMatch(new RegExp(`: ${provider}, ${starts.replace('.', '\\.')}…$`));
    }
    expectUntold(result, KEYS);
    await expectNothingStarted(project);
    const json = await project.devenv(['up', '--detach', '--json', '--verbose', ...(args?.(KEYS) ?? [])]);
    expect(json.code).toBe(4);
    expectUntold(json, KEYS);
    await expectUnkept(machine, KEYS);
  });

  it('in a command, a hook or a migration', async () => {
    await using machine = await makeMachine();
    const [key] = lineKeys();
    const line = `STRIPE=${key?.value} true`;
    const files = config({
      ...{ processes: { web: { command: line } }, services: { db: { engine: 'postgres' } } },
      ...{ hooks: { ready: line }, data: { migrate: { run: line } } },
    });
    const project = await machine.project('shop', files);
    const result = await project.devenv(['up', '--detach', '--json']);
    expectFailure(result, {
      code: 4,
      says: ['hooks.ready (devenv.config.json:', 'data.migrate.run (devenv.config.json:', 'processes.web.command ('],
    });
    expectUntold(result, key ? [key] : []);
    await expectNothingStarted(project);
    await expectUnkept(machine, key ? [key] : []);
  });

  it('in place of a name, or where a command is to print it', async () => {
    await using machine = await makeMachine();
    const [key] = lineKeys() as [SampleKey];
    const project = await machine.project('shop', {});
    const mocks = { ai: { openai: 'record' }, keys: { openai: { command: ['echo', key.value] } } };
    for (const [parts, says] of [
      [{ guard: { allow: [key.value] } }, ['guard.allow', 'is not the name of a variable']],
      [{ env: { [key.value]: '1' } }, ['is not the name of a variable, which a live key is not']],
      [{ mocks }, ['mocks.keys.openai.command (devenv.config.json:']],
      [{ mocks: { ai: { rules: [{ text: key.value }] } } }, ['mocks (the configuration): Stripe']],
    ] as const) {
      await project.write(config(parts));
      for (const args of [
        ['up', '--detach'],
        ['up', '--detach', '--json'],
        ['config'],
        ['config', '--json', '--explain'],
        ['guard'],
      ]) {
        const result = await project.devenv(args);
        expectUntold(result, [key]);
        if (args[0] === 'up') expectFailure(result, { code: 'mocks' in parts ? 4 : 2, says });
      }
    }
    await expectNothingStarted(project);
    await expectUnkept(machine, [key]);
  });

  it.each(testedRuntimes)('in a container or server of %s', async (runtime) => {
    await using machine = await makeMachine();
    const service = { engine: 'postgres', version: '17', env: valuesOf(KEYS.slice(0, 3)) };
    const project = await machine.project('shop', config({ runtime, services: { db: service } }));
    const result = await project.devenv(['up', '--detach']);
    expectFailure(result, { code: 4, says: ['K0 (devenv.config.json:', 'K2 (devenv.config.json:'] });
    expectUntold(result, KEYS);
    await expectNothingStarted(project);
  });
});

describe.concurrent('a live key in the shell', () => {
  it('stops up where it costs money, and is withheld from all where it does not', async () => {
    await using machine = await makeMachine();
    const project = await machine.project('shop', config({}));
    const env = { ...project.env, ...valuesOf(KEYS) };
    const result = await project.devenv(['up', '--detach'], { env });
    const paid = KEYS.filter(({ provider }) => PAID.has(provider));
    expectFailure(result, { code: 4, says: [`${paid.length} live keys`] });
    for (const [index, { provider }] of KEYS.entries()) {
      expect(result.stderr.includes(`${nameOf(index)} (the shell): ${provider}`)).toBe(PAID.has(provider));
    }
    expectUntold(result, KEYS);
    await expectNothingStarted(project);
    await expectUnkept(machine, KEYS);
  });

  it('is in no process when it is withheld, and the shell says so once', async () => {
    await using machine = await makeMachine();
    const command = 'env | grep -c "^K[0-9]*=\\|^AWS_" ; exec tail -f /dev/null';
    const project = await machine.project('shop', config({ processes: { web: { command } } }));
    const kept = KEYS.filter(({ provider }) => !PAID.has(provider));
    const aws = {
      AWS_ACCESS_KEY_ID: kept.find(({ provider }) => provider === 'AWS')?.value ?? '',
      AWS_SECRET_ACCESS_KEY: 'x',
    };
    const env = { ...project.env, ...valuesOf(kept), ...aws };
    const up = await project.ok(['up', '--detach'], { env });
    expect(up.stderr.match(/Withheld/g)).toHaveLength(1);
    expect(up.stderr).toMatch(/AWS_ACCESS_KEY_ID \(AWS\)/);
    expectUntold(up, kept);
    expect((await project.ok(['logs', 'web'])).stdout.trim()).toMatch(/\b0$/);
    const ran = await project.ok(['run', '--', 'env'], { env });
    expectUntold(ran, kept);
    expect(ran.stdout).not.toContain('AWS_');
    await expectUnkept(machine, kept);
  });

  it('is given where the configuration allows it, and stops up where that refers to it without', async () => {
    await using machine = await makeMachine();
    const key = KEYS.find(({ provider }) => provider === 'GitHub') as SampleKey;
    const project = await machine.project('shop', config({ guard: { allow: ['GITHUB_TOKEN'] } }));
    const env = { ...project.env, GITHUB_TOKEN: key.value };
    const hash = await project.ok(['run', '--', 'sh', '-c', 'printf %s "$GITHUB_TOKEN" | sha256sum'], { env });
    expect(hash.stdout).toContain(createHash('sha256').update(key.value).digest('hex'));
    await project.write(config({ env: { OTHER: 'Bearer ${GITHUB_TOKEN}' } }));
    const result = await project.devenv(['run', '--', 'true'], { env });
    expectFailure(result, { code: 4, says: ['OTHER (devenv.config.json:', 'GitHub, ghp_…'], hides: [secretPart(key)] });
  });
});

describe.concurrent('--allow-live', () => {
  it('lets in what it names, says so, and leaves that in the log of the last up', async () => {
    await using machine = await makeMachine();
    const key = KEYS[0] as SampleKey;
    const hashes = createHash('sha256').update(key.value).digest('hex');
    const command = 'printf %s "$PAY" | sha256sum; exec tail -f /dev/null';
    const project = await machine.project('shop', {
      ...config({ processes: { web: { command } } }),
      '.env': `PAY=${key.value}\nMORE=${key.value}\n`,
    });
    expectFailure(await project.devenv(['up', '--detach', '--allow-live', 'PAY']), {
      code: 4,
      says: ['MORE (.env:2)'],
    });
    const up = await project.ok(['up', '--detach', '--allow-live', 'PAY,MORE']);
    expect(up.stderr).toContain('Warning: PAY (.env:1): Stripe, sk_live_…: a live key, let in by --allow-live');
    expectUntold(up, [key]);
    expect((await project.ok(['logs', 'web'])).stdout).toContain(hashes);
    const [{ id } = { id: '' }] = await listed(project);
    const log = join(machine.env.XDG_STATE_HOME ?? '', 'devenv-cli', 'environments', id, 'last-up.json');
    expect(JSON.parse(await readFile(log, 'utf8'))[0]).toMatchObject({ type: 'notice', level: 'warning' });
    await expectUnkept(machine, [key]);
    for (const verb of [
      ['status', '--json'],
      ['env', 'why', 'PAY'],
      ['config', '--explain'],
      ['ls', '--json'],
    ]) {
      expectUntold(await project.ok(verb), [key]);
    }
    expectFailure(await project.devenv(['restart', 'web']), { code: 4, says: ['PAY (.env:1)'] });
    await project.ok(['restart', 'web', '--allow-live', 'PAY', '--allow-live', 'MORE']);
    await project.ok(['stop', 'web']);
  });

  it('is on record with its time, verb and place, whatever became of the environment', async () => {
    await using machine = await makeMachine();
    const key = KEYS[0] as SampleKey;
    const db = { services: { db: { engine: 'postgres' } }, data: { migrate: { run: 'true' } } };
    const project = await machine.project('shop', { ...config(db), '.env': `PAY=${key.value}\n` });
    const flag = ['--allow-live', 'PAY'];
    expect((await project.ok(['guard', '--log'])).stderr).toContain('has let no live key in yet');
    await project.ok(['run', ...flag, '--', 'true']);
    await project.ok(['up', '--dry-run', ...flag]);
    await project.ok(['up', '--detach', ...flag]);
    await project.ok(['restart', 'web', ...flag]);
    await project.ok(['shell', ...flag, 'db', 'true']);
    await project.write(config({ ...db, data: { migrate: { run: 'true # 2' } } }));
    await project.ok(['reset', ...flag]);
    await project.ok(['down', '--data', '--yes']);
    const all = await project.json<readonly Readonly<Record<string, string>>[]>(['guard', '--log', '--json']);
    expect(all.map(({ verb }) => verb)).toEqual(['run', 'up', 'restart', 'shell', 'reset']);
    const rest = { variable: 'PAY', place: '.env:1', provider: 'Stripe', starts: 'sk_live_', path: project.path };
    for (const one of all) expect(one).toEqual({ ...rest, verb: one.verb, time: expect.stringMatching(/^\d{4}-.*Z$/) });
    expect((await project.ok(['guard', '--log'])).stdout).toMatch(/Z +run +PAY \(\.env:1\) +Stripe +sk_live_…/);
    await expectUnkept(machine, [key]);
  });

  it('says where nothing that it names holds one', async () => {
    await using machine = await makeMachine();
    const project = await machine.project('shop', { ...config({}), '.env': 'PLAIN=1\n' });
    const { stderr } = await project.ok(['run', '--allow-live', 'NOPE,PLAIN', '--', 'true']);
    for (const name of ['NOPE', 'PLAIN']) {
      expect(stderr).toContain(`--allow-live ${name}: no variable of that name holds a live key`);
    }
    expect((await project.ok(['guard', '--log'])).stdout).toBe('');
  });

  it('is refused for a preview, by the tier, whatever it names', async () => {
    await using machine = await makeMachine();
    const project = await machine.project('shop', config({}));
    const result = await project.devenv(['up', '--detach', '--tier', 'preview', '--allow-live', 'PAY']);
    expectFailure(result, { code: 5, says: ['--allow-live is not for previews: PAY'] });
    await expectNothingStarted(project);
  });

  it('is not repeated where it stands in place of a command or a flag', async () => {
    await using machine = await makeMachine();
    const project = await machine.project('shop', config({}));
    for (const key of lineKeys()) {
      for (const args of [[key.value], ['up', `--${key.value}`]].slice(0, key === lineKeys()[0] ? 2 : 1)) {
        const result = await project.devenv(args);
        expectFailure(result, { code: 2, says: ['unknown'], hides: [secretPart(key)] });
      }
    }
  });

  it('takes names, and does not repeat a value that was given for one', async () => {
    await using machine = await makeMachine();
    const project = await machine.project('shop', config({}));
    const key = KEYS[0] as SampleKey;
    for (const given of [key.value, `PAY=${key.value}`]) {
      const result = await project.devenv(['up', '--detach', '--allow-live', given]);
      expectFailure(result, { code: 2, says: ['takes names of variables'], hides: [secretPart(key)] });
    }
  });
});

it('has nothing against minted keys, test keys and placeholders', async () => {
  await using machine = await makeMachine();
  const test = ['sk', 'test', '4eC39HqLyjWDarjtT1zdp7dc'].join('_');
  const values = [...mintedKeys(), test, 'sk_live_...', 'sk-your-key-here', '<your key>'];
  const variables = Object.fromEntries(values.map((value, index) => [nameOf(index), value]));
  const project = await machine.project('shop', config({ env: variables }));
  const up = await project.ok(['up', '--detach'], { env: { ...project.env, OPENAI_API_KEY: mintedKeys()[3] } });
  expect(up.stderr).not.toMatch(/live key|Withheld/);
});

describe.concurrent('a database that is loaded anew', () => {
  it('is not given to a migration with a live key: it stays as it is', async () => {
    await using machine = await makeMachine();
    const parts = { processes: {}, services: { db: { engine: 'postgres' } }, data: { migrate: { run: 'true' } } };
    const project = await machine.project('shop', config(parts));
    await project.ok(['up', '--detach']);
    // One that only swaps gives nothing to anything.
    await project.write({ '.env': `PAY=${KEYS[0]?.value}` });
    await project.ok(['reset']);
    await project.write({
      ...config({ ...parts, data: { migrate: { run: 'true # 2' } } }),
      '.env': `PAY=${KEYS[0]?.value}`,
    });
    const reset = await project.devenv(['reset']);
    expectFailure(reset, { code: 4, says: ['PAY (.env:1): Stripe, sk_live_…'] });
    expectFailure(await project.devenv(['seed', '--rows', '1']), { code: 4, says: ['PAY (.env:1)'] });
    expectUntold(reset, KEYS);
    await project.ok(['psql', '-c', 'select 1'], { stdin: 'ignore' });
    await project.ok(['reset', '--allow-live', 'PAY']);
  });
});

describe.skipIf(!dockerHost || !testedRuntimes.includes('docker'))('a live key in an image', () => {
  it('gets into no container', async () => {
    const key = KEYS[0] as SampleKey;
    // Before the machine, and so removed after all that was made of it.
    await using image = await imageWith(`PAY=${key.value}`);
    await using machine = await makeMachine();
    const service = { image: image.name, ports: { web: 8025 } };
    const parts = { runtime: 'docker', processes: {}, services: { app: service } };
    const project = await machine.project('shop', config(parts));
    const result = await project.devenv(['up', '--detach']);
    const says = [`app: a live key is in the image ${image.name}`, 'ENV PAY: Stripe, sk_live_…'];
    expectFailure(result, { code: 4, says });
    expectUntold(result, [key]);
    const [{ id } = { id: '' }] = await listed(project);
    expect((await engineObjects(`${Label.environment}=${id}`)).containers).toEqual([]);
    await expectUnkept(machine, [key]);
    await project.ok(['up', '--detach', '--set', 'services.app.env.PAY=none']);
  });
});

async function imageWith(variable: string): Promise<AsyncDisposable & { readonly name: string }> {
  const docker = testEngine();
  const repo = `devenv-test/${randomUUID()}`;
  const container = await docker.createContainer({ Image: 'devenv-test/http:1', Env: [variable] });
  await container.commit({ repo, tag: '1' });
  await container.remove();
  const name = `${repo}:1`;
  return { name, [Symbol.asyncDispose]: () => docker.getImage(name).remove({ force: true }) };
}

interface Listed {
  readonly id: string;
  readonly path: string;
}

/** Others may use the same engine meanwhile. */
async function listed(project: Project): Promise<readonly Listed[]> {
  return (await project.json<readonly Listed[]>(['ls', '--json'])).filter(({ path }) => path === project.path);
}

async function expectNothingStarted(project: Project): Promise<void> {
  expect(await listed(project)).toEqual([]);
}
