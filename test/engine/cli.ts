import { parseArgs } from 'node:util';
import { canStartPrivateEngine, ensureImages, findEngine } from './index.ts';
import {
  type EngineOptions,
  type PrivateEngine,
  runningEngine,
  startPrivateEngine,
  stopPrivateEngine,
} from './private-engine.ts';
import { progress } from './progress.ts';

const USAGE = `usage: cli.ts start|stop|status|find [--generation debian12|current] [--empty]

start   starts a private Docker Engine with the test images and prints, for eval, how to reach it
stop    stops it and undoes its changes to this machine
status  says whether it runs
find    prints, for eval, how to reach an engine that answers already, whoever started it

--generation  Debian 12's engine (20.10, the default) or Debian sid's
--empty       a second engine that starts without any image or volume
`;

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      generation: { type: 'string', default: 'debian12' },
      empty: { type: 'boolean', default: false },
    },
  });
  const { generation, empty } = values;
  const [verb = ''] = positionals;
  const run = VERBS[verb];
  if (!run || (generation !== 'debian12' && generation !== 'current')) {
    process.stderr.write(USAGE);
    return 2;
  }
  return run({ generation, empty });
}

const VERBS: Record<string, (options: EngineOptions) => Promise<number>> = {
  start,
  stop,
  status,
  find,
};

async function start(options: EngineOptions): Promise<number> {
  const possible = canStartPrivateEngine();
  if (!possible.ok) {
    progress(possible.why);
    return 1;
  }
  const engine = await startPrivateEngine(options);
  if (!options.empty) await ensureImages(engine.host);
  report(engine);
  process.stdout.write(`export DOCKER_HOST=${engine.host}\n`);
  return 0;
}

async function stop(options: EngineOptions): Promise<number> {
  await stopPrivateEngine(options);
  return 0;
}

async function status(options: EngineOptions): Promise<number> {
  const engine = await runningEngine(options);
  if (engine) report(engine);
  else progress('not running');
  return engine ? 0 : 1;
}

async function find(): Promise<number> {
  const engine = await findEngine();
  if (!engine) return 1;
  process.stdout.write(`export DOCKER_HOST=${engine.host}\n`);
  return 0;
}

function report(engine: PrivateEngine): void {
  progress(`${engine.name} runs version ${engine.version}, pid ${engine.pid}, ${engine.host}`);
  if (engine.netns) progress(`it has a network of its own; enter it with: nsenter --net=${engine.netns} -- COMMAND`);
}

try {
  process.exitCode = await main();
} catch (error) {
  progress(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
