import { expect, it } from 'vitest';
import { detectPackageJson } from '../../../../src/init/detect/package-json.ts';
import { filesOf, lines, packageJson } from '../project.ts';

it('finds the name and the clients of engines, of every workspace, with their lines', () => {
  const files = filesOf({
    'package.json': packageJson({ name: '@acme/shop', workspaces: ['apps/*'], dependencies: { pg: '8', left: '1' } }),
    'apps/api/package.json': packageJson({ name: 'api', devDependencies: { bullmq: '5' } }),
  });
  expect(lines(detectPackageJson(files))).toEqual([
    'name @acme/shop  package.json:2 name',
    'need postgres  package.json:7 depends on pg',
    'need redis  apps/api/package.json:4 depends on bullmq',
  ]);
});

it('says which servers devenv has no engine for', () => {
  const files = filesOf({ 'package.json': packageJson({ dependencies: { mongoose: '8' } }) });
  expect(lines(detectPackageJson(files))).toEqual([
    "note MongoDB is no engine of devenv's; a service with its image does it  package.json:3 depends on mongoose",
  ]);
});

it.each([
  ['{\n  "name": "x",\n  "dependencies": {', 3],
  ['[]', 1],
  ['', 1],
])('says that %j could not be understood, and goes on', (text, line) => {
  const found = detectPackageJson(
    filesOf({ 'package.json': text, 'web/package.json': packageJson({ dependencies: { pg: '8' } }) }),
  );
  expect(found.map(({ kind }) => kind)).toEqual(['note', 'need']);
  const [note] = found;
  expect(note?.evidence.file).toBe('package.json');
  if (text.startsWith('{')) expect(note?.evidence.line).toBe(line);
});

it('leaves out packages of tests, examples and those that the workspaces leave out', () => {
  const dependsOnPg = packageJson({ dependencies: { pg: '8' } });
  const files = filesOf({
    'package.json': packageJson({ workspaces: ['packages/**', '!packages/old'] }),
    'packages/old/package.json': dependsOnPg,
    'test/fixtures/a/package.json': dependsOnPg,
    'tools/package.json': dependsOnPg,
  });
  expect(detectPackageJson(files)).toEqual([]);
});
