import type { CommandSpec, OptionSpec } from './command.ts';
import { COMMON, JSON_FLAG, VERBOSE } from './flags.ts';

const UP_OPTIONS: readonly OptionSpec[] = [
  { flags: '-d, --detach', description: 'return when everything is ready' },
  { flags: '--dry-run', description: 'print the plan, start nothing' },
  { flags: '--plain', description: 'lines instead of the screen' },
  { flags: '--timeout <duration>', description: 'give up when not everything is ready by then: 90s, 2m' },
  { flags: '--new-ports', description: 'take other ports than before' },
  { flags: '--json', description: 'print events, one JSON object a line' },
  VERBOSE,
  ...COMMON,
];

/** Every verb. A new one is an entry here and a file in `commands/`. */
export const commands: readonly CommandSpec[] = [
  {
    name: 'up',
    summary: 'start this checkout: its services, then its processes',
    arguments: [{ name: '[names...]', description: 'only these services and processes, and what they need' }],
    options: UP_OPTIONS,
    examples: [
      ['devenv up', 'start, and stay on a screen with logs and keys; q asks: detach or stop'],
      ['devenv up --detach --json', 'for scripts'],
      ['devenv up --dry-run', 'what would be done, and why'],
      ['devenv up --runtime embedded', 'without Docker'],
    ],
    exitCodes: ['noRuntime', 'failed', 'refused', 'timeout', 'hungUp', 'interrupted', 'terminated'],
    load: () => import('./commands/up.ts'),
  },
  {
    name: 'attach',
    summary: 'the screen of what runs in this checkout',
    options: COMMON,
    examples: [
      ['devenv attach', 'come back to it; several terminals may'],
      ['devenv attach -C ../shop', 'that of another checkout'],
    ],
    exitCodes: ['noRuntime', 'failed', 'hungUp', 'interrupted', 'terminated'],
    load: () => import('./commands/attach.ts'),
  },
  {
    name: 'start',
    summary: 'start services or processes that were stopped; all without a name',
    arguments: [{ name: '[names...]', description: 'only these' }],
    options: [{ flags: '--json', description: 'print events, one JSON object a line' }, VERBOSE, ...COMMON],
    examples: [
      ['devenv start worker', 'one process'],
      ['devenv start', 'everything that stands still, in order'],
    ],
    exitCodes: ['noRuntime', 'failed', 'hungUp', 'interrupted', 'terminated'],
    load: () => import('./commands/start.ts'),
  },
  {
    name: 'stop',
    summary: 'stop services or processes, and keep them; all without a name',
    arguments: [{ name: '[names...]', description: 'only these' }],
    options: [{ flags: '--json', description: 'print events, one JSON object a line' }, VERBOSE, ...COMMON],
    examples: [
      ['devenv stop worker', 'one process'],
      ['devenv stop', 'everything; devenv start goes on'],
    ],
    exitCodes: ['noRuntime', 'failed', 'hungUp', 'interrupted', 'terminated'],
    load: () => import('./commands/stop.ts'),
  },
  {
    name: 'down',
    summary: 'stop this checkout; its data stays',
    arguments: [{ name: '[id]', description: 'another environment, as devenv ls shows it; its checkout may be gone' }],
    options: [
      { flags: '--data', description: 'delete its data too, after a confirmation' },
      { flags: '-y, --yes', description: "don't ask" },
      { flags: '--json', description: 'print events, one JSON object a line' },
      VERBOSE,
      ...COMMON,
    ],
    examples: [
      ['devenv down', 'stop everything, keep the data'],
      ['devenv down --data --yes', 'delete the data as well, without asking'],
      ['devenv down k3f7x2abcd --data', 'an environment whose checkout is gone'],
    ],
    exitCodes: ['noRuntime', 'failed', 'refused', 'hungUp', 'interrupted', 'terminated'],
    load: () => import('./commands/down.ts'),
  },
  {
    name: 'status',
    summary: 'what runs in this checkout, and where',
    options: [JSON_FLAG, ...COMMON],
    examples: [
      ['devenv status', 'a table'],
      ['devenv status --json', 'the same for programs'],
    ],
    exitCodes: ['noRuntime'],
    load: () => import('./commands/status.ts'),
  },
  {
    name: 'ls',
    summary: 'every environment on this machine',
    options: [JSON_FLAG, { flags: '--sizes', description: 'measure memory and disk; takes a second' }],
    examples: [
      ['devenv ls', 'a table'],
      ['devenv ls --sizes --json', 'with memoryBytes and diskBytes'],
    ],
    exitCodes: [],
    load: () => import('./commands/ls.ts'),
  },
  {
    name: 'logs',
    summary: 'what services and processes say',
    arguments: [{ name: '[names...]', description: 'only these services or processes' }],
    options: [
      { flags: '-f, --follow', description: 'stay and print what comes' },
      { flags: '--since <time>', description: '10m, 2h, or a date such as 2026-01-31T12:00:00Z' },
      { flags: '--grep <pattern>', description: 'only lines that match this regular expression' },
      { flags: '-n, --tail <lines>', description: 'only the last lines of each' },
      { flags: '--json', description: 'print one JSON object a line' },
      ...COMMON,
    ],
    examples: [
      ['devenv logs', 'all of them, by time'],
      ['devenv logs web -f', 'follow one'],
      ['devenv logs --since 10m --grep "error|warn"', 'the last ten minutes, filtered'],
    ],
    exitCodes: ['noRuntime', 'hungUp', 'interrupted', 'terminated'],
    load: () => import('./commands/logs.ts'),
  },
  {
    name: 'run',
    summary: "run a command with this environment's variables",
    arguments: [{ name: '<command...>', description: 'the command and its arguments, after --' }],
    options: COMMON,
    examples: [
      ['devenv run -- npm run migrate', 'a script of the app'],
      ['devenv run -- node', 'a shell of the language'],
    ],
    exitCodes: ['noRuntime'],
    passThrough: true,
    load: () => import('./commands/run.ts'),
  },
  {
    name: 'env',
    summary: "print this environment's variables",
    arguments: [
      { name: '[why]', description: 'the word why' },
      { name: '[variable]', description: 'the variable to explain' },
    ],
    options: [
      { flags: '--format <name>', description: 'default: dotenv', choices: ['dotenv', 'json', 'shell'] },
      { flags: '--all', description: 'those inherited from the shell too' },
      ...COMMON,
    ],
    examples: [
      ['devenv env', 'as a .env file'],
      ['eval "$(devenv env --format shell)"', 'into this shell'],
      ['devenv env why DATABASE_URL', 'which value won, where it comes from, and the losers'],
    ],
    exitCodes: ['noRuntime'],
    load: () => import('./commands/env.ts'),
  },
  {
    name: 'restart',
    summary: 'restart services or processes; all without a name',
    arguments: [{ name: '[names...]', description: 'only these' }],
    options: [{ flags: '--json', description: 'print events, one JSON object a line' }, VERBOSE, ...COMMON],
    examples: [
      ['devenv restart web', 'one process'],
      ['devenv restart', 'everything, services first'],
    ],
    exitCodes: ['noRuntime', 'failed', 'hungUp', 'interrupted', 'terminated'],
    load: () => import('./commands/restart.ts'),
  },
  {
    name: 'config',
    summary: 'print the configuration with all layers merged',
    options: [
      { flags: '--explain', description: 'every value with the layer and line it comes from' },
      JSON_FLAG,
      ...COMMON,
    ],
    examples: [
      ['devenv config', 'as YAML'],
      ['devenv config --explain --tier preview', 'where each value of a tier comes from'],
    ],
    exitCodes: [],
    load: () => import('./commands/config.ts'),
  },
  {
    name: 'psql',
    summary: 'psql in the Postgres of this checkout',
    arguments: [{ name: '[argv...]', description: "psql's own arguments" }],
    options: [{ flags: '--service <name>', description: 'which one, when there are several' }, ...COMMON],
    examples: [
      ['devenv psql', 'a prompt'],
      ['devenv psql -c "select version()"', 'one query'],
    ],
    exitCodes: ['noRuntime', 'failed'],
    passThrough: true,
    load: () => import('./commands/psql.ts'),
  },
  {
    name: 'redis',
    summary: 'redis-cli in the Redis of this checkout',
    arguments: [{ name: '[argv...]', description: "redis-cli's own arguments" }],
    options: [{ flags: '--service <name>', description: 'which one, when there are several' }, ...COMMON],
    examples: [
      ['devenv redis', 'a prompt'],
      ['devenv redis INFO server', 'one command'],
    ],
    exitCodes: ['noRuntime', 'failed'],
    passThrough: true,
    load: () => import('./commands/redis.ts'),
  },
  {
    name: 'shell',
    summary: 'a shell in the container of a service',
    arguments: [
      { name: '<name>', description: 'the service' },
      { name: '[argv...]', description: 'a command instead of a shell' },
    ],
    options: COMMON,
    examples: [
      ['devenv shell db', 'a shell beside the server'],
      ['devenv shell db ls /var/lib', 'one command'],
    ],
    exitCodes: ['noRuntime', 'failed'],
    passThrough: true,
    load: () => import('./commands/shell.ts'),
  },
  {
    name: 'open',
    summary: 'open the address of a process or service in the browser',
    arguments: [{ name: '[name]', description: 'default: the first that has one' }],
    options: [{ flags: '--print', description: 'only print the address' }, ...COMMON],
    examples: [
      ['devenv open web', 'the page of the app'],
      ['devenv open --print', 'for a script'],
    ],
    exitCodes: ['noRuntime', 'failed'],
    load: () => import('./commands/open.ts'),
  },
  {
    name: 'demo',
    summary: 'copy a small shop into a new folder and start it',
    arguments: [{ name: '[dir]', description: 'default: devenv-demo beside this checkout' }],
    // Those of `up`, which it ends with; where it works is its argument.
    options: UP_OPTIONS.filter(({ flags }) => !flags.includes('--cwd')),
    examples: [
      ['devenv demo', 'a shop with Postgres, Redis, a web server and a worker'],
      ['devenv demo /tmp/shop --detach', 'in a folder of your choice'],
    ],
    exitCodes: ['noRuntime', 'failed', 'refused', 'timeout', 'hungUp', 'interrupted', 'terminated'],
    load: () => import('./commands/demo.ts'),
  },
];
