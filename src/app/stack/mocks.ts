import { join } from 'node:path';
import { MOCKS } from '../../config/check-mocks.ts';
import type { Config, MocksConfig } from '../../config/config.ts';
import { READY_SECONDS } from '../../config/fields.ts';
import { Secret } from '../../core/secret.ts';
import type { Environment, Mocks, Process, VariableSource } from '../../core/stack.ts';
import { packageFolder } from '../../lib/installation.ts';
import { environmentState } from '../../lib/paths.ts';
import { shellWord } from '../../lib/shell-word.ts';
import { aiVariables, type MintedKeys, mintKeys, paymentVariables } from '../../mocks/keys.ts';
import { type MocksSpec, SPEC } from '../../mocks/spec.ts';
import type { Passwords } from '../../state/secret.ts';
import { mint } from './mint.ts';
import { resolveProcess } from './processes.ts';
import { LOOPBACK } from './services.ts';

/** What of the shell the mocks' process gets: where to find things, and nothing of the app's. */
const INHERITED = new Set(['PATH', 'HOME', 'TMPDIR', 'LANG', 'TZ', 'NODE_EXTRA_CA_CERTS']);

export interface ResolvedMocks {
  readonly mocks: Mocks;
  readonly process: Process;
  /** For containers, which reach them by another address. */
  readonly containerVariables: Readonly<Record<string, string>>;
}

/** Null where nothing is mocked. */
export function resolveMocks(
  environment: Environment,
  config: Config,
  ports: ReadonlyMap<string, number>,
  passwords: Passwords,
): ResolvedMocks | null {
  const { mocks } = config;
  const port = ports.get(MOCKS);
  if (!mocks || port === undefined) return null;
  const keys = mintKeys((name) => passwords.of(environment.id, `${MOCKS} ${name}`).reveal());
  const control = passwords.of(environment.id, `${MOCKS} control`);
  const spec = specOf(environment, mocks, { port, keys, control, webhook: webhookOf(config, ports) });
  const variables = variablesOf(mocks, keys, `http://${LOOPBACK}:${port}`);
  return {
    mocks: {
      process: MOCKS,
      port,
      control,
      variables: Object.entries(variables).map(([name, value]) => mint(name, value, MOCKS)),
    },
    process: processOf(environment, port, spec),
    containerVariables: variablesOf(mocks, keys, `http://${MOCKS}:${port}`),
  };
}

interface Door {
  readonly port: number;
  readonly keys: MintedKeys;
  readonly control: Secret;
  readonly webhook: string | null;
}

function specOf(environment: Environment, mocks: MocksConfig, { port, keys, control, webhook }: Door): MocksSpec {
  const { seed, startMs, ai, payments } = mocks;
  return {
    environment: environment.id,
    folder: join(environmentState(environment.id), MOCKS),
    control: control.reveal(),
    payments: payments && { ...payments, webhook },
    ...{ port, seed, startMs, keys, ai },
  };
}

function variablesOf({ ai, payments }: MocksConfig, keys: MintedKeys, url: string): Readonly<Record<string, string>> {
  return { ...(ai ? aiVariables(keys, url) : {}), ...(payments ? paymentVariables(keys, url) : {}) };
}

/** Of `web/webhooks/stripe`: the process's address, and a path of it. */
function webhookOf({ mocks, services }: Config, ports: ReadonlyMap<string, number>): string | null {
  const webhook = mocks?.payments?.webhook ?? null;
  if (!webhook) return null;
  const [first] = Object.keys(services[webhook.to]?.ports ?? {});
  const port = ports.get(webhook.to) ?? ports.get(`${webhook.to}.${first}`);
  return `http://${LOOPBACK}:${port}${webhook.path}`;
}

/** Answers for all providers of the environment: a process like the app's own, which the supervisor keeps running and logs. */
function processOf({ path }: Environment, port: number, spec: MocksSpec): Process {
  const argv = [process.execPath, join(packageFolder(), 'dist', 'mocks.js')];
  const sources = Object.entries(process.env).flatMap(([name, value]): VariableSource[] =>
    value === undefined || !INHERITED.has(name)
      ? []
      : [{ name, value: new Secret(value), layer: 'shell', place: 'the shell' }],
  );
  return resolveProcess(
    path,
    MOCKS,
    {
      ...{ command: `exec ${argv.map(shellWord).join(' ')}`, port, ready: { timeout: READY_SECONDS }, needs: [] },
      ...{ restart: 'always', once: false, watch: [], env: {}, cwd: '.' },
    },
    { port, sources: [...sources, mint(SPEC, JSON.stringify(spec))], attribute: () => undefined },
  );
}
