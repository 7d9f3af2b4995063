import { describe, expect, it } from 'vitest';
import { configOf } from '../../../src/init/draft/draft.ts';
import { formatEvidence } from '../../../src/init/finding.ts';
import { render } from '../../../src/init/render.ts';
import { lineKeys, type SampleKey, secretPart } from '../../support/live-keys.ts';
import { draft } from './project.ts';

/** Files with a key in them, and the notes that say what was left out because of it. */
const PLACES: Readonly<
  Record<string, readonly [(key: string) => Readonly<Record<string, string>>, readonly string[]]>
> = {
  'a line of a Procfile': [
    (key) => ({ Procfile: `web: STRIPE=${key} node x.js\nworker: node w.js --key=${key}\n` }),
    [
      'Procfile:1 web: left out: a live key is in its command',
      'Procfile:2 worker: left out: a live key is in its command',
    ],
  ],
  'a list of words of a Dockerfile': [
    (key) => ({ Dockerfile: `FROM node\nCMD ["node", "x.js", "--key", "${key}"]\n` }),
    ['Dockerfile:2 CMD: left out: a live key is in its command'],
  ],
  'the command of an image': [
    (key) => ({ 'compose.yaml': `services:\n  app:\n    image: acme/app\n    command: [run, --key, "${key}"]\n` }),
    ['compose.yaml:4 command: left out: a live key is in its command'],
  ],
  'the command of an engine': [
    (key) => ({ 'compose.yaml': `services:\n  db:\n    image: postgres:17\n    command: postgres -c a.b=${key}\n` }),
    ['compose.yaml:4 command: left out: a live key is in its command'],
  ],
  'a variable of an image': [
    (key) => ({
      'compose.yaml': `services:\n  app:\n    image: acme/app\n    environment: { B: "${key}", C: "\${D:-${key}}" }\n`,
    }),
    [],
  ],
  'a variable of the app': [
    (key) => ({
      'compose.yaml': `services:\n  app:\n    build: .\n    environment:\n      B: "${key}"\n      C: "http://x/${key}"\n`,
    }),
    [],
  ],
  'the query of an example': [(key) => ({ '.env.example': `DATABASE_URL=postgres://u:p@h/app?a=${key}\n` }), []],
  'a name': [
    (key) => ({
      'package.json': JSON.stringify({ name: key, dependencies: { pg: '8' } }),
      '.env.example': `${key}=1\n`,
    }),
    ['package.json:1 name: left out: a live key is in it'],
  ],
};

describe('a live key in the files of a project is neither written nor shown', () => {
  it.each(Object.entries(PLACES))('in %s', (_place, [files, notes]) => {
    for (const key of lineKeys()) {
      const found = draft(files(key.value));
      expectUnsaid(render(found), key);
      expectUnsaid(JSON.stringify([found, configOf(found)]), key);
      const told = found.notes.map(({ text, evidence }) => `${formatEvidence(evidence)}: ${text}`);
      for (const note of notes) expect(told).toContain(`${note}: ${key.provider}, ${key.starts}…`);
    }
  });
});

it('leaves an image what it is without such a command', () => {
  const [key] = lineKeys();
  const found = configOf(draft(PLACES['the command of an image']?.[0](key?.value ?? '') ?? {}));
  expect(found).toEqual({ services: { app: { image: 'acme/app' } } });
});

function expectUnsaid(text: string, key: SampleKey): void {
  expect(text, key.shape).not.toContain(secretPart(key));
}
