import { chmod, rm } from 'node:fs/promises';
import type { Server } from 'node:http';
import { connect } from 'node:net';

/** Listens on a unix socket that only its owner may use. False when another process answers there already. */
export async function listenOn(server: Server, socket: string): Promise<boolean> {
  if (await answers(socket)) return false;
  await rm(socket, { force: true });
  // The socket file is made within the call; the umask of our children has to stay the user's.
  const umask = process.umask(0o177);
  try {
    server.listen(socket);
  } finally {
    process.umask(umask);
  }
  return new Promise((resolve, reject) => {
    server.once('listening', () => chmod(socket, 0o600).then(() => resolve(true), reject));
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(false) : reject(error),
    );
  });
}

function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    const finish = (found: boolean): void => {
      socket.destroy();
      resolve(found);
    };
    socket.once('connect', () => finish(true));
    socket.once('error', () => finish(false));
  });
}
