import { createHash } from 'node:crypto';
import { appendFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../core/errors.ts';
import { withPath, writeWhole } from '../lib/files.ts';
import { takeLock } from '../lib/lock.ts';
import { paths } from '../lib/paths.ts';
import { isPortFree } from '../lib/port-holder.ts';
import { makePrivateFolder } from '../lib/private-folder.ts';

export interface PortRequest {
  /** `db`, or `mail.smtp` for one of several. */
  readonly name: string;
  /** Taken when no other environment has it and nobody listens on it. */
  readonly preferred: number | null;
}

/** One line of the journal: a port that an environment keeps. */
interface Entry extends Claim {
  readonly port: number;
}

interface Claim {
  readonly environment: string;
  readonly name: string;
  /** Of the checkout, so that it can be told when that is gone: what was never started has no other trace. */
  readonly path?: string;
  /** What the configuration asked for at that time; absent where it asked for none. */
  readonly asked?: number;
}

type Claims = Map<number, Claim>;

/** Ports that an environment keeps. */
export interface KeptPorts {
  readonly environment: string;
  readonly path: string | null;
  /** By name: `db`, or `mail.smtp` for one of several. */
  readonly ports: ReadonlyMap<string, number>;
}

/**
 * The ports of an environment, by name: the ones it had before, new ones for the rest. They begin at a place that
 * follows from the environment's id, so that even without the journal the same ones are likely found again.
 */
export async function allocatePorts(
  { id: environment, path }: { readonly id: string; readonly path: string },
  requests: readonly PortRequest[],
): Promise<ReadonlyMap<string, number>> {
  const before = await readClaims();
  const known = portsOf(before, environment);
  // Only what is asked for: a process that has lost its port must not be waited for on the one it had.
  const requested = (ports: ReadonlyMap<string, number>) =>
    new Map([...ports].filter(([name]) => requests.some((request) => request.name === name)));
  if (requests.every((request) => known.has(request.name))) return requested(known);

  await using _lock = await takeLock(`${journal()}.lock`);
  const claims = await readClaims();
  const ports = new Map(portsOf(claims, environment));
  for (const request of requests) {
    if (ports.has(request.name)) continue;
    const port = await choose(claims, environment, request);
    const claim = {
      environment,
      name: request.name,
      path,
      ...(request.preferred === null ? {} : { asked: request.preferred }),
    };
    claims.set(port, claim);
    ports.set(request.name, port);
    await append({ ...claim, port });
  }
  return requested(ports);
}

/** A port that stays as it is although the configuration has asked for another since. */
export interface OverruledPort {
  readonly name: string;
  readonly port: number;
  readonly asked: number;
}

/** One that was given because the one asked for was taken is no news. */
export async function overruledPorts(
  environment: string,
  requests: readonly PortRequest[],
): Promise<readonly OverruledPort[]> {
  const claims = [...(await readClaims())].filter(([, claim]) => claim.environment === environment);
  return requests.flatMap(({ name, preferred }) => {
    const [port, claim] = claims.find(([, candidate]) => candidate.name === name) ?? [];
    if (!port || preferred === null || preferred === port || preferred === claim?.asked) return [];
    return [{ name, port, asked: preferred }];
  });
}

/** Forgets ports of an environment: all when it ended for good, some when it was told to take others. */
export async function releasePorts(environment: string, ports: readonly number[] | 'all' = 'all'): Promise<void> {
  await using _lock = await takeLock(`${journal()}.lock`);
  const claims = await readClaims();
  const released = (port: number) => ports === 'all' || ports.includes(port);
  const kept = [...claims].filter(([port, claim]) => claim.environment !== environment || !released(port));
  if (kept.length === claims.size) return;
  const lines = kept.map(([port, claim]) => `${JSON.stringify({ ...claim, port } satisfies Entry)}\n`);
  await writeWhole(journal(), lines.join(''));
}

/** Of every environment. */
export async function keptPorts(): Promise<readonly KeptPorts[]> {
  const claims = await readClaims();
  const environments = new Set([...claims.values()].map(({ environment }) => environment));
  return [...environments].map((environment) => {
    const own = [...claims.values()].filter((claim) => claim.environment === environment);
    const path = own.findLast((claim) => claim.path !== undefined)?.path ?? null;
    return { environment, path, ports: portsOf(claims, environment) };
  });
}

async function choose(claims: Claims, environment: string, request: PortRequest): Promise<number> {
  const { preferred, name } = request;
  if (preferred !== null && !claims.has(preferred) && (await isPortFree(preferred))) return preferred;
  const { first, count } = await portRange();
  const start = createHash('sha256').update(`${environment} ${name}`).digest().readUInt32BE(0);
  for (let attempt = 0; attempt < count; attempt++) {
    const port = first + ((start + attempt) % count);
    if (!claims.has(port) && (await isPortFree(port))) return port;
  }
  throw new UserError(`all ports from ${first} to ${first + count - 1} are taken`, {
    hints: ['devenv down --data gives those of an environment back; devenv ls shows which there are.'],
  });
}

/** Outside the range from which the system gives ports to outgoing connections: those come and go. */
async function portRange(): Promise<{ first: number; count: number }> {
  const text = await readFile('/proc/sys/net/ipv4/ip_local_port_range', 'utf8').catch(() => '32768 60999');
  const [low = 32768] = text.trim().split(/\s+/).map(Number);
  return low >= 30_000 ? { first: 20_000, count: 10_000 } : { first: 5_000, count: Math.max(1_000, low - 5_000) };
}

function portsOf(claims: Claims, environment: string): ReadonlyMap<string, number> {
  const own = [...claims].filter(([, claim]) => claim.environment === environment);
  return new Map(own.map(([port, claim]) => [claim.name, port]));
}

async function readClaims(): Promise<Claims> {
  const text = await readFile(journal(), 'utf8').catch(() => '');
  const claims: Claims = new Map();
  for (const entry of text.split('\n').map(parse)) {
    if (entry) claims.set(entry.port, claimOf(entry));
  }
  return claims;
}

function claimOf({ port: _, ...claim }: Entry): Claim {
  return claim;
}

/** A line that was cut off by a crash is skipped: its port is allocated again. */
function parse(line: string): Entry | null {
  try {
    return JSON.parse(line) as Entry;
  } catch {
    return null;
  }
}

async function append(entry: Entry): Promise<void> {
  await makePrivateFolder(paths().state);
  await appendFile(journal(), `${JSON.stringify(entry)}\n`, { mode: 0o600 }).catch((error: unknown) => {
    throw withPath(error, journal());
  });
}

function journal(): string {
  return join(paths().state, 'ports.jsonl');
}
