import { userInfo } from 'node:os';
import type { RuntimeName } from '../../core/stack.ts';
import type { EngineDiagnosis, SocketRights, TriedAddress } from '../../runtimes/docker/diagnose.ts';
import { type Check, type Found, ok } from './finding.ts';

/** Is there a Docker engine, and if not, what is in the way? */
export const engine: Check = {
  name: 'engine',
  async run({ engine: diagnose, project }) {
    // What is wrong with the project is for its own check to say.
    const wanted = await project().then(
      ({ runtime }) => runtime,
      () => null,
    );
    return judgeEngine(await diagnose(), wanted, userName());
  },
};

export function judgeEngine(diagnosis: EngineDiagnosis, wanted: RuntimeName | null, user: string): readonly Found[] {
  const { answer, refused, tried, dockerHost } = diagnosis;
  if (answer) return [ok(`${answer.about}, ${chosenBy(diagnosis)}`)];
  if (refused) return [{ status: 'problem', what: refused.message, mend: refused.hints.join(' ') }];
  if (tried.length === 0) return [noSocket(wanted)];
  // Without one that was chosen or is wanted, everything but plain images runs without Docker.
  const status = wanted === 'embedded' ? 'warning' : 'problem';
  return tried.map((address) => ({
    status,
    what: `no Docker engine answers at ${address.host} (${chosenBy(diagnosis, address)}): ${address.words}`,
    ...wayOut(address, user, dockerHost !== null),
  }));
}

function noSocket(wanted: RuntimeName | null): Found {
  return {
    status: wanted === 'docker' ? 'problem' : 'warning',
    what: 'no socket of a Docker engine is here, DOCKER_HOST is not set, the docker context is the default one',
    why:
      wanted === 'docker'
        ? 'the services of this project have to run in Docker'
        : 'Postgres and Redis run as plain processes; plain images need an engine',
    mend: 'Install and start Docker, Podman, Colima or OrbStack; or go on without.',
  };
}

function chosenBy({ dockerHost, context }: EngineDiagnosis, address?: TriedAddress): string {
  if (dockerHost !== null) return 'by DOCKER_HOST';
  return context === null ? (address?.from ?? 'docker context default') : `docker context ${context}`;
}

function wayOut({ code, host, socket }: TriedAddress, user: string, byVariable: boolean): Pick<Found, 'why' | 'mend'> {
  const path = host.replace(/^unix:\/\//, '');
  const unset = byVariable ? ' Or unset DOCKER_HOST.' : '';
  if (socket === 'no socket') {
    const move = `Move it away and start the engine: ${START}.`;
    return {
      why: `${path} is a file or folder of another kind`,
      mend: byVariable ? 'Correct DOCKER_HOST, or unset it.' : move,
    };
  }
  switch (code) {
    case 'EACCES':
      return { why: rightsOf(path, socket, user), mend: `${joinGroup(socket, user)}, then log in again.${unset}` };
    case 'ENOENT':
      return { why: 'the socket appears when the engine starts', mend: `Start the engine: ${START}.${unset}` };
    case 'ECONNREFUSED':
      if (!host.startsWith('unix:')) return { mend: `Start the engine that should listen there.${unset}` };
      return { why: 'the engine that made the socket has ended', mend: `Start it again: ${START}.${unset}` };
    case 'silent':
      return {
        why: 'it accepts connections and never answers',
        mend: `Restart it: ${START.replace('start', 'restart')}.${unset}`,
      };
    default:
      return { mend: `Try: docker version.${unset}` };
  }
}

function rightsOf(path: string, socket: SocketRights | null, user: string): string {
  if (socket === null) return `a folder above ${path} is closed to ${user}`;
  return `${path} has mode ${socket.mode.toString(8)} and belongs to user ${socket.uid}, group ${socket.group}`;
}

/** Never the group of root, which is far more than the engine. */
function joinGroup(socket: SocketRights | null, user: string): string {
  const group = socket === null || ['root', 'wheel', '0'].includes(socket.group) ? 'docker' : socket.group;
  const own = socket === null || socket.group === group;
  return `${own ? '' : 'Have the engine give its socket to the group docker (dockerd --group docker), and '}sudo usermod -aG ${group} ${user}`;
}

const START = process.platform === 'linux' ? 'sudo systemctl start docker' : 'start Docker Desktop, Colima or OrbStack';

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    // An id without a name, as in containers.
    return String(process.getuid?.());
  }
}
