import { join } from 'node:path';
import { UserError } from '../core/errors.ts';
import { environmentState, paths } from '../lib/paths.ts';

/** The shortest limit of the systems we run on: 104 bytes on macOS, the final zero included. */
const MAX_SOCKET_PATH = 103;

/** For a supervisor that starts now; one that runs has its own on record. */
export function newSocketPath(environment: string): string {
  const path = join(paths().run, `${fileName(environment)}.sock`);
  if (Buffer.byteLength(path) > MAX_SOCKET_PATH) {
    throw new UserError(`the path of the socket is longer than ${MAX_SOCKET_PATH} bytes: ${path}`, {
      hints: ['Set XDG_RUNTIME_DIR to a shorter folder.'],
    });
  }
  return path;
}

/** Held while a supervisor is started or what a dead one left is cleaned up. */
export function lockPath(environment: string): string {
  return join(environmentState(environment), 'supervisor.lock');
}

export function supervisorLogPath(stateFolder: string): string {
  return join(stateFolder, 'supervisor.log');
}

export function recordsPath(stateFolder: string): string {
  return join(stateFolder, 'processes.json');
}

export function logPath(stateFolder: string, name: string): string {
  return join(stateFolder, 'logs', `${fileName(name)}.log`);
}

/** Where a full log goes; there is one only. */
export function rotatedPath(file: string): string {
  return `${file}.1`;
}

/** Names come from the configuration: no slash of theirs may lead out of the folder. */
function fileName(name: string): string {
  return encodeURIComponent(name);
}
