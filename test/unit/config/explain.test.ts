import { expect, it } from 'vitest';
import { loadFiles } from './project.ts';

it('explains every value with its layer and place, and masks secrets', async () => {
  const { explain } = await loadFiles(
    {
      'devenv.config.yaml': [
        'services:',
        '  db: { engine: postgres, version: 17 }',
        'processes:',
        '  web: { command: run, env: { API_KEY: abc, DB: "postgres://u:pw@h/d" } }',
        'env:',
        '  DB_PASSWORD: ${db.password}',
        '  STRIPE_SECRET: hunter2',
        '  KEYBOARD: qwerty',
        'environments:',
        '  staging: { services: { db: { version: 16 } } }',
      ].join('\n'),
      'devenv.config.local.json': '{\n  "services": { "db": { "port": 5433 } }\n}',
      '.env': 'OTHER=1\nKEYBOARD=dvorak\n',
    },
    { tier: 'staging', set: ['name=shop'], env: ['SESSION_TOKEN=t'] },
  );
  expect(
    explain().map(({ path, value, layer, place }) => `${path} = ${value} (${layer}${place && ` ${place}`})`),
  ).toEqual([
    'name = shop (flag --set)',
    'services.db.engine = postgres (base devenv.config.yaml:2)',
    'services.db.version = 16 (tier devenv.config.yaml:10)',
    'services.db.port = 5433 (local devenv.config.local.json:2)',
    'processes.web.command = run (base devenv.config.yaml:4)',
    'processes.web.ready.timeout = 60 (default)',
    'processes.web.restart = on-failure (default)',
    'processes.web.once = false (default)',
    'processes.web.env.API_KEY = **** (base devenv.config.yaml:4)',
    'processes.web.env.DB = postgres://u:****@h/d (base devenv.config.yaml:4)',
    'processes.web.cwd = . (default)',
    'env.DB_PASSWORD = ${db.password} (base devenv.config.yaml:6)',
    'env.STRIPE_SECRET = **** (base devenv.config.yaml:7)',
    'env.KEYBOARD = qwerty (base devenv.config.yaml:8)',
    'env.SESSION_TOKEN = **** (flag --env SESSION_TOKEN)',
    'env.OTHER = 1 (.env .env:1)',
  ]);
});
