import { canStartPrivateEngine, ensureImages, findEngine, startPrivateEngine } from '../engine/index.ts';
import { runningEngine } from '../engine/private-engine.ts';

export interface BenchEngine extends AsyncDisposable {
  readonly host: string;
  readonly version: string;
}

/** The engine that answers, else a private one, which is ended again only if it was started here; with all images. */
export async function benchEngine(): Promise<BenchEngine> {
  const engine = await anyEngine();
  try {
    await ensureImages(engine.host, ['postgres:17', 'redis:8']);
    return engine;
  } catch (error) {
    await engine[Symbol.asyncDispose]();
    throw error;
  }
}

async function anyEngine(): Promise<BenchEngine> {
  const found = (await findEngine()) ?? (await runningEngine());
  if (found) return { ...found, [Symbol.asyncDispose]: async () => {} };
  const possible = canStartPrivateEngine();
  if (!possible.ok) throw new Error(possible.why);
  const { host, version, stop } = await startPrivateEngine();
  return { host, version, [Symbol.asyncDispose]: stop };
}
