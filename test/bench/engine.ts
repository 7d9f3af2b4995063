import { messageOf } from '../../src/core/errors.ts';
import { canStartPrivateEngine, composeBinary, ensureImages, findEngine, startPrivateEngine } from '../engine/index.ts';
import { runningEngine } from '../engine/private-engine.ts';
import { type Compose, composeVersion } from './compose-project.ts';

/** An engine with all images and Compose, or why there is none. */
export type DockerSide = AsyncDisposable &
  (
    | { readonly compose: Compose; readonly versions: { readonly engine: string; readonly compose: string } }
    | { readonly compose: null; readonly why: string }
  );

interface FoundEngine extends AsyncDisposable {
  readonly host: string;
  readonly version: string;
}

export async function openDocker(): Promise<DockerSide> {
  const stop: (() => Promise<void>)[] = [];
  const dispose = async (): Promise<void> => {
    for (const each of stop.splice(0)) await each();
  };
  try {
    const engine = await findOrStart();
    stop.push(async () => engine[Symbol.asyncDispose]());
    await ensureImages(engine.host, ['postgres:17', 'redis:8']);
    const binary = await composeBinary();
    const versions = { engine: engine.version, compose: await composeVersion(binary) };
    return { compose: { binary, host: engine.host }, versions, [Symbol.asyncDispose]: dispose };
  } catch (error) {
    await dispose();
    return { compose: null, why: messageOf(error), [Symbol.asyncDispose]: dispose };
  }
}

/** The engine that answers, else a private one, which is ended again only if it was started here. */
async function findOrStart(): Promise<FoundEngine> {
  const found = (await findEngine()) ?? (await runningEngine());
  if (found) return { host: found.host, version: found.version, [Symbol.asyncDispose]: async () => {} };
  const possible = canStartPrivateEngine();
  if (!possible.ok) throw new Error(possible.why);
  const { host, version, stop } = await startPrivateEngine();
  return { host, version, [Symbol.asyncDispose]: stop };
}
