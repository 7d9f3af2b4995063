import { describe, expect, it } from 'vitest';
import { canStartPrivateEngine } from '../engine/index.ts';
import { dockerHost, makeMachine } from '../support/project.ts';
import { startRegistry } from '../support/registry.ts';

describe.skipIf(!dockerHost || !canStartPrivateEngine().ok)('an image that is not on this machine', () => {
  const config = (image: string) =>
    `runtime: docker\nservices: { cache: { engine: redis, version: "8", image: "${image}" } }`;

  it('is not touched with --offline, is pulled with progress without, and is there the next time', async () => {
    await using machine = await makeMachine();
    await using registry = await startRegistry(dockerHost as string);
    const image = await registry.offer('redis:8');
    const project = await machine.project('pulling', { 'devenv.config.yaml': config(image) });

    const offline = await project.devenv(['up', '--detach', '--offline']);
    expect(offline.code).toBe(3);
    expect(offline.stderr).not.toContain('fetching');
    expect(offline.stderr).toContain(
      `cache: the image ${image} is not on this machine, and --offline forbids to pull it`,
    );

    const events = (await project.ok(['up', '--detach', '--json'])).stdout.split('\n').map((line) => JSON.parse(line));
    const progress = events.filter((event) => event.type === 'step-progress' && event.step === 'fetch cache');
    expect(progress.at(-1)).toMatchObject({ message: `pulling ${image}`, done: expect.any(Number) });
    expect(events.findLast((event) => event.type === 'ready')).toBeDefined();

    await project.ok(['down']);
    expect((await project.ok(['up', '--dry-run', '--offline'])).stdout).not.toContain('fetch');
  });

  it('is named when it can not be pulled, with all others, and nothing is made', async () => {
    await using machine = await makeMachine();
    const more = '  x: { image: "127.0.0.1:9/missing:2", ports: { web: 80 } }';
    const project = await machine.project('absent', {
      'devenv.config.yaml': `${config('127.0.0.1:9/absent:1').replace(/\{ (cache:.*) \}$/, '\n  $1')}\n${more}`,
    });
    const { code, stderr } = await project.devenv(['up', '--detach']);
    expect(code).toBe(4);
    expect(stderr).toContain("the image 127.0.0.1:9/absent:1 can't be pulled");
    expect(stderr).toContain("the image 127.0.0.1:9/missing:2 can't be pulled");
    const offline = await project.devenv(['up', '--detach', '--offline']);
    expect(offline.stderr).toContain('cache: the image 127.0.0.1:9/absent:1 is not on this machine');
    expect(offline.stderr).toContain('x: the image 127.0.0.1:9/missing:2 is not on this machine');
    expect(offline.code).toBe(3);
    expect(stderr).not.toContain('    at ');
    const all = await project.json<{ path: string }[]>(['ls', '--json']);
    expect(all.filter(({ path }) => path === project.path)).toEqual([]);
  });
});
