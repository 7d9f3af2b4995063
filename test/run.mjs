// `npm test`: installs and builds what is missing, finds or starts an engine, runs every suite, and leaves nothing
// behind. Arguments are passed on to vitest: npm test -- test/unit
// TEST_ENGINE=current takes a private engine of the current generation instead of whichever answers.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const inCi = process.env.CI === 'true';

function bin(name) {
  return join(root, 'node_modules', '.bin', name);
}

function need(command, args) {
  const { status } = spawnSync(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
  if (status !== 0) process.exit(status ?? 1);
}

function isInstalled() {
  const installed = join(root, 'node_modules', '.package-lock.json');
  return existsSync(installed) && statSync(installed).mtimeMs >= statSync(join(root, 'package-lock.json')).mtimeMs;
}

/** The engine that answers already, else a private one; null, with the reason said, where neither can be had. */
function engine() {
  const hostOf = (name) => /DOCKER_HOST=(\S+)/.exec(engineVerb(name).stdout)?.[1];
  const found = process.env.TEST_ENGINE ? undefined : hostOf('find');
  if (found) return { host: found, stop: () => {} };
  const running = engineVerb('status').status === 0;
  const host = hostOf('start');
  return host ? { host, stop: running ? () => {} : () => engineVerb('stop') } : null;
}

function engineVerb(name) {
  const options = { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] };
  const generation = process.env.TEST_ENGINE ? ['--generation', process.env.TEST_ENGINE] : [];
  return spawnSync(bin('jiti'), ['test/engine/cli.ts', name, ...generation], options);
}

function runVitest(host, report, args) {
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const env = { ...process.env, TEST_DOCKER_HOST: host ?? '' };
  const child = spawn(bin('vitest'), ['run', ...reporters, ...args], {
    cwd: root,
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  // Ctrl-C reaches vitest through the terminal; we stay to clean up.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  return new Promise((resolve) => child.on('exit', (code) => resolve(code ?? 1)));
}

/** Begins the names of tests of an engine that we can't install: where it doesn't run, CI goes on without them. */
const OPTIONAL = 'with Podman ';

/** A skipped test is never silent: it is named, counted, and an error in CI. Gives the number of those that are. */
function summarise(reports) {
  const tests = reports
    .filter((report) => existsSync(report))
    .flatMap((report) => JSON.parse(readFileSync(report, 'utf8')).testResults)
    .flatMap((file) => file.assertionResults);
  const skipped = tests.filter(({ status }) => ['pending', 'skipped', 'todo'].includes(status));
  for (const { fullName } of skipped) console.log(`skipped: ${fullName}`);
  const count = (status) => tests.filter((test) => test.status === status).length;
  console.log(`${count('passed')} passed, ${count('failed')} failed, ${skipped.length} skipped`);
  return skipped.filter(({ fullName }) => !fullName.startsWith(OPTIONAL)).length;
}

if (!isInstalled()) need('npm', ['ci']);
need(process.execPath, ['build.mjs']);

const wanted = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'devenv-test-'));
const reports = [join(folder, 'rebuild.json'), join(folder, 'all.json')];
const codes = [];
let started = null;
try {
  // First, and alone: it starts an engine of its own, and two would share one network.
  if (wanted.length === 0) codes.push(await runVitest(null, reports[0], ['--project', 'rebuild']));
  started = engine();
  if (!started) console.log('No Docker engine: the docker tests are skipped.');
  const projects = ['unit', 'integration', 'e2e'].flatMap((name) => ['--project', name]);
  codes.push(await runVitest(started?.host, reports[1], wanted.length === 0 ? projects : wanted));
} finally {
  started?.stop();
}
const skipped = summarise(reports);
rmSync(folder, { recursive: true, force: true });
if (skipped > 0 && inCi) console.log('CI=true: a skipped test is a failure.');
process.exitCode = codes.find((code) => code !== 0) ?? (skipped > 0 && inCi ? 1 : 0);
