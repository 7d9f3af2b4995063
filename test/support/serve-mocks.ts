import type { AddressInfo } from 'node:net';
import { createMockServer, type Happened, type Mount, type ServerParts } from '../../src/mocks/server/server.ts';

export interface ServedMocks extends AsyncDisposable {
  /** Without a slash at its end. */
  readonly url: string;
  readonly calls: Happened[];
  readonly failures: unknown[];
}

/** Providers on a free port of 127.0.0.1, or this one; with `more` also what the process of an environment has beside them. */
export async function serveMocks(
  mounts: readonly Mount[],
  more: Partial<ServerParts> = {},
  at = 0,
): Promise<ServedMocks> {
  const calls: Happened[] = [];
  const failures: unknown[] = [];
  const server = createMockServer({
    mounts,
    wallClock: Date.now,
    called: (happened) => calls.push(happened),
    failed: (error) => failures.push(error),
    ...more,
  });
  await new Promise<void>((resolve) => server.listen(at, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    calls,
    failures,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
