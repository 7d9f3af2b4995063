import { join } from 'node:path';
import { MOCKS } from '../../config/check-mocks.ts';
import type { Config, MocksConfig, RuleConfig } from '../../config/config.ts';
import { READY_SECONDS } from '../../config/fields.ts';
import type { LoadedConfig } from '../../config/load.ts';
import { readRuleFiles } from '../../config/rule-files.ts';
import { Secret } from '../../core/secret.ts';
import type { ByName, Environment, Mocks, Process, RuntimeName, VariableSource } from '../../core/stack.ts';
import { hashOf } from '../../lib/hash.ts';
import { packageFolder } from '../../lib/installation.ts';
import { shellWord } from '../../lib/shell-word.ts';
import { firstLine } from '../../mocks/input.ts';
import { aiVariables, type MintedKeys, mintKeys, paymentVariables } from '../../mocks/keys.ts';
import { isPassedOn } from '../../mocks/modes.ts';
import { upstreamsOfTests } from '../../mocks/relay/origin.ts';
import type { MocksSpec } from '../../mocks/spec.ts';
import type { Passwords } from '../../state/secret.ts';
import { isByName, resolveByName } from '../mocks/by-name.ts';
import { mocksFolder, RECORDINGS } from '../mocks/folder.ts';
import { mint } from './mint.ts';
import { passedOn } from './passed-on.ts';
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

interface Minting {
  readonly runtime: RuntimeName;
  readonly ports: ReadonlyMap<string, number>;
  readonly passwords: Passwords;
}

/** Null where nothing is mocked. */
export async function resolveMocks(
  environment: Environment,
  loaded: LoadedConfig,
  { runtime, ports, passwords }: Minting,
): Promise<ResolvedMocks | null> {
  const { config } = loaded;
  const { mocks } = config;
  const port = ports.get(MOCKS);
  if (!mocks || port === undefined) return null;
  const keys = mintKeys((name) => passwords.of(environment.id, `${MOCKS} ${name}`).reveal());
  const control = passwords.of(environment.id, `${MOCKS} control`);
  const rules = mocks.ai ? [...mocks.ai.rules, ...(await readRuleFiles(environment.path))] : [];
  const byName = isByName(config, runtime) ? await resolveByName(environment.id, Date.now()) : null;
  const spec = specOf(environment, mocks, { port, keys, control, rules, webhook: webhookOf(config, ports), byName });
  const variables = variablesOf(mocks, keys, `http://${LOOPBACK}:${port}`);
  return {
    mocks: {
      process: MOCKS,
      port,
      control,
      variables: Object.entries(variables).map(([name, value]) => mint(name, value, MOCKS)),
      passedOn: passedOn(mocks, loaded, process.env),
      byName,
    },
    process: processOf(environment, port, spec),
    containerVariables: variablesOf(mocks, keys, `http://${MOCKS}:${port}`),
  };
}

interface Door {
  readonly port: number;
  readonly keys: MintedKeys;
  readonly control: Secret;
  readonly rules: readonly RuleConfig[];
  readonly webhook: string | null;
  readonly byName: ByName | null;
}

function specOf(
  environment: Environment,
  mocks: MocksConfig,
  { port, keys, control, rules, webhook, byName }: Door,
): MocksSpec {
  const { seed, startMs, ai, payments, modes } = mocks;
  return {
    environment: environment.id,
    folder: mocksFolder(environment.id),
    control: control.reveal(),
    modes,
    recordings: join(environment.path, RECORDINGS),
    upstreams: upstreamsOfTests(process.env),
    payments: payments && { webhook, dunningEnd: payments.dunningEnd },
    byName: byName && { file: byName.file, authority: hashOf(byName.authority) },
    ai: ai && { ...ai, rules },
    ...{ port, seed, startMs, keys },
  };
}

function variablesOf(mocks: MocksConfig, keys: MintedKeys, url: string): Readonly<Record<string, string>> {
  const { ai, payments, modes } = mocks;
  const payment: Record<string, string> = payments ? { ...paymentVariables(keys, url) } : {};
  // What a browser is given, and what signs events, comes from Stripe itself there.
  const { STRIPE_PUBLISHABLE_KEY: _, STRIPE_WEBHOOK_SECRET: __, ...ours } = payment;
  return { ...(ai ? aiVariables(keys, url) : {}), ...(isPassedOn(modes.stripe) ? ours : payment) };
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
    { port, sources, input: new Secret(firstLine(spec)), attribute: () => undefined },
  );
}
