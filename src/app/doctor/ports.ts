import { isPortFree, type PortHolder, portHolder } from '../../lib/port-holder.ts';
import { keptPorts } from '../../state/ports.ts';
import { readRecord } from '../../state/records.ts';
import { observeProcesses } from '../../supervisor/observe.ts';
import { ownPids } from '../../supervisor/owned.ts';
import { elsewhere } from '../elsewhere.ts';
import { type Check, type Found, ok, type Surroundings } from './finding.ts';

/** Does anybody else sit on a port that this checkout keeps? */
export const ports: Check = {
  name: 'ports',
  async run(around) {
    const { environment, processes } = await around.project();
    if (environment === null) return [];
    const kept = (await keptPorts()).find((one) => one.environment === environment);
    if (!kept) return [];
    const own = await ownUsers(environment, processes, around);
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
  /** Why nobody can tell whether it is the environment's own. */
  readonly unasked: string | null;
}

export function judgePorts(all: readonly PortFacts[], environment: string): readonly Found[] {
  const held = all.filter(({ free, own }) => !free && !own);
  const unsure = held.filter(({ unasked }) => unasked !== null);
  const taken = held.filter(({ unasked }) => unasked === null);
  const fine = all.filter((port) => !held.includes(port));
  return [
    ...(fine.length > 0 && taken.length === 0 ? [ok(`${listed(fine)}: nobody else has them`)] : []),
    ...(unsure.length > 0 ? [notChecked(unsure)] : []),
    ...taken.map((port) => heldByAnother(port, environment)),
  ];
}

function listed(ports: readonly PortFacts[]): string {
  return ports.map(({ name, port }) => `${name} ${port}`).join(', ');
}

/** Its own container is as likely as another program; what keeps from asking has a finding of its own. */
function notChecked(ports: readonly PortFacts[]): Found {
  return { status: 'warning', what: `${listed(ports)}: not checked`, why: ports[0]?.unasked ?? '' };
}

function heldByAnother({ name, port, holder, container }: PortFacts, environment: string): Found {
  return {
    status: 'problem',
    what: `${name}: its port ${port} is held by ${whoIs(holder, container)}`,
    why: `environment ${environment} keeps it, so devenv up would refuse`,
    mend: `${wayToEnd(holder, container, port)}, or take other ports: devenv up --new-ports`,
  };
}

function whoIs(holder: PortHolder | null, container: string | null): string {
  if (container !== null) return `the container ${container}`;
  return holder ? `${holder.command} (pid ${holder.pid})` : "a program of another user, which you can't see";
}

function wayToEnd(holder: PortHolder | null, container: string | null, port: number): string {
  if (container !== null) return `docker stop ${container}`;
  if (holder && OF_ENGINES.test(holder.program)) return `docker ps --filter publish=${port} shows whose it is`;
  return holder ? `kill ${holder.pid}` : `sudo lsof -nP -iTCP:${port} -sTCP:LISTEN shows it`;
}

/** Programs that hold the ports of containers: whoever ends one breaks a container, or all of them. */
const OF_ENGINES =
  /^(docker-proxy|dockerd|containerd.*|rootlesskit.*|rootlessport.*|slirp4netns|pasta|conmon|com\.docker.*|vpnkit.*|gvproxy|OrbStack.*|limactl)$/;

interface OwnUsers {
  readonly pids: ReadonlySet<number>;
  /** Services and processes that run. */
  readonly running: ReadonlySet<string>;
  readonly containerOf: (port: number) => { readonly name: string; readonly own: boolean } | null;
  /** Why the engine with its services can't be asked; null for what is no service. */
  readonly unasked: (name: string) => string | null;
}

async function ownUsers(
  environment: string,
  ownProcesses: readonly string[],
  { reachable, engine }: Surroundings,
): Promise<OwnUsers> {
  const asked = await reachable();
  const found = await Promise.all(
    asked.runtimes.map(async (runtime) => ({ name: runtime.name, ...(await runtime.observeId(environment)) })),
  );
  const running = found.flatMap(({ services }) => services.filter(({ state }) => state === 'starting'));
  const onEngine = found.some(({ name, services, data }) => name === 'docker' && services.length + data.length > 0);
  const away = elsewhere(await readRecord(environment), onEngine, asked);
  const { processes, supervisor } = await observeProcesses(environment);
  // Only Linux lets us see whether a holder is the child of one of ours.
  const supervised = supervisor ? processes.filter(({ pid }) => pid !== null) : [];
  const published = (await engine()).answer?.published ?? [];
  return {
    pids: new Set([...processes.flatMap(({ pid }) => pid ?? []), ...ownPids(environment)]),
    running: new Set([...running, ...supervised].map(({ name }) => name)),
    containerOf: (port) => {
      const by = published.find((one) => one.port === port);
      return by ? { name: by.container, own: by.environment === environment } : null;
    },
    unasked: (name) => (ownProcesses.includes(name) ? null : away),
  };
}

async function look(name: string, port: number, own: OwnUsers): Promise<PortFacts> {
  const free = await isPortFree(port);
  const holder = free ? null : await portHolder(port);
  const container = free ? null : own.containerOf(port);
  // A port of a service is kept as `db`, or `mail.smtp` for one of several.
  const target = name.split('.')[0] ?? '';
  const runs = own.running.has(target);
  const isOwn = container ? container.own : runs || (holder !== null && own.pids.has(holder.pid));
  return {
    name,
    port,
    free,
    holder,
    container: container?.name ?? null,
    own: isOwn,
    unasked: container ? null : own.unasked(target),
  };
}
