import { isPortFree, type PortHolder, portHolder } from '../../lib/port-holder.ts';
import { keptPorts } from '../../state/ports.ts';
import { observeProcesses } from '../../supervisor/observe.ts';
import { ownPids } from '../../supervisor/owned.ts';
import { type Check, type Found, ok, type Surroundings } from './finding.ts';

/** Does anybody else sit on a port that this checkout keeps? */
export const ports: Check = {
  name: 'ports',
  async run(around) {
    const { environment } = await around.project();
    if (environment === null) return [];
    const kept = (await keptPorts()).find((one) => one.environment === environment);
    if (!kept) return [];
    const own = await ownUsers(environment, around);
    const found = await Promise.all([...kept.ports].map(([name, port]) => look(name, port, own)));
    return judgePorts(found, environment);
  },
};

export interface PortFacts {
  readonly name: string;
  readonly port: number;
  readonly free: boolean;
  readonly holder: PortHolder | null;
  /** Name of the container that publishes it. */
  readonly container: string | null;
  /** The environment's own service or process has it. */
  readonly own: boolean;
}

export function judgePorts(all: readonly PortFacts[], environment: string): readonly Found[] {
  const taken = all.filter(({ free, own }) => !free && !own);
  if (taken.length === 0) {
    return [ok(`${all.map(({ name, port }) => `${name} ${port}`).join(', ')}: nobody else has them`)];
  }
  return taken.map(({ name, port, holder, container }) => ({
    status: 'problem',
    what: `${name}: its port ${port} is held by ${whoIs(holder, container)}`,
    why: `environment ${environment} keeps it, so devenv up would refuse`,
    mend: `${wayToEnd(holder, container, port)}, or take other ports: devenv up --new-ports`,
  }));
}

function whoIs(holder: PortHolder | null, container: string | null): string {
  if (container !== null) return `the container ${container}`;
  return holder ? `${holder.command} (pid ${holder.pid})` : "a program of another user, which you can't see";
}

function wayToEnd(holder: PortHolder | null, container: string | null, port: number): string {
  if (container !== null) return `docker stop ${container}`;
  return holder ? `kill ${holder.pid}` : `sudo lsof -nP -iTCP:${port} -sTCP:LISTEN shows it`;
}

interface OwnUsers {
  readonly pids: ReadonlySet<number>;
  /** Services and processes that run. */
  readonly running: ReadonlySet<string>;
  readonly containerOf: (port: number) => { readonly name: string; readonly own: boolean } | null;
}

async function ownUsers(environment: string, { reachable, engine }: Surroundings): Promise<OwnUsers> {
  const { runtimes } = await reachable();
  const observed = await Promise.all(runtimes.map((runtime) => runtime.observeId(environment)));
  const running = observed.flatMap(({ services }) => services.filter(({ state }) => state === 'starting'));
  const { processes, supervisor } = await observeProcesses(environment);
  // Only Linux lets us see whether a holder is the child of one of ours.
  const supervised = supervisor ? processes.filter(({ pid }) => pid !== null) : [];
  const published = (await engine()).answer?.published ?? [];
  return {
    pids: new Set([...processes.flatMap(({ pid }) => pid ?? []), ...ownPids(environment)]),
    running: new Set([...running, ...supervised].map(({ name }) => name)),
    containerOf: (port) => {
      const found = published.find((one) => one.port === port);
      return found ? { name: found.container, own: found.environment === environment } : null;
    },
  };
}

async function look(name: string, port: number, own: OwnUsers): Promise<PortFacts> {
  const free = await isPortFree(port);
  const holder = free ? null : await portHolder(port);
  const container = free ? null : own.containerOf(port);
  // A port of a service is kept as `db`, or `mail.smtp` for one of several.
  const runs = own.running.has(name.split('.')[0] ?? '');
  const isOwn = container ? container.own : runs || (holder !== null && own.pids.has(holder.pid));
  return { name, port, free, holder, container: container?.name ?? null, own: isOwn };
}
