import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { firstLine, secondLine } from '../../src/mocks/input.ts';
import { mintKeys } from '../../src/mocks/keys.ts';
import type { MocksSpec } from '../../src/mocks/spec.ts';
import { freePort } from '../support/ports.ts';

const MOCKS = join(import.meta.dirname, '..', '..', 'dist', 'mocks.js');

export const KEYS = mintKeys((name) => name.replaceAll(' ', ''));

/** The mocks of one environment as `up` starts them, with nobody beside them. */
export interface RunningMocks extends AsyncDisposable {
  readonly port: number;
  readonly pid: number;
}

export async function startMocks(): Promise<RunningMocks> {
  const folder = await mkdtemp(join(tmpdir(), 'dve-bench-mocks-'));
  const port = await freePort();
  const spec: MocksSpec = {
    ...{ environment: 'bench', port, folder, seed: '1', startMs: Date.UTC(2026, 0, 15), keys: KEYS, control: 'token' },
    ai: { latency: { ttftMs: 0, tokensPerSecond: null }, budget: null, models: null, rules: [] },
    payments: { webhook: null, dunningEnd: 'canceled' },
    modes: { openai: 'mock', anthropic: 'mock', stripe: 'mock' },
    ...{ recordings: join(folder, 'recordings'), upstreams: {}, byName: null },
  };
  const env = { PATH: process.env.PATH ?? '' };
  const child = spawn(process.execPath, [MOCKS], { env, stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.end(`${firstLine(spec)}${secondLine({ also: null, realKeys: {} })}`);
  await Promise.race([once(child.stdout, 'data'), failed(child)]);
  return {
    port,
    pid: child.pid ?? 0,
    async [Symbol.asyncDispose]() {
      const ended = once(child, 'exit');
      child.kill();
      await ended;
      await rm(folder, { recursive: true });
    },
  };
}

async function failed(child: ChildProcess): Promise<never> {
  const [code] = await once(child, 'exit');
  throw new Error(`the mocks ended with ${code}`);
}
