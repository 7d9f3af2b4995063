import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readProject } from '../../../src/app/read-project.ts';
import { problemsOfText } from '../../../src/config/check-text.ts';
import { detect } from '../../../src/init/detect/index.ts';
import { basisOf } from '../../../src/init/draft/draft.ts';
import { draftOf } from '../../../src/init/draft/index.ts';
import { formatEvidence } from '../../../src/init/finding.ts';
import { render } from '../../../src/init/render.ts';

const FIXTURES = join(import.meta.dirname, '..', '..', 'fixtures', 'init');
const names = readdirSync(FIXTURES).sort();
const signal = new AbortController().signal;

/** Sample projects, each built in another way, and the whole file that is written for them. */
describe('what init writes for', () => {
  it.each(names)('%s', async (name) => {
    const found = draftOf(detect(await readProject(join(FIXTURES, name), signal)));
    const text = render(found);
    expect(problemsOfText('devenv.config.yaml', text)).toEqual([]);
    const notes = found.notes.map((note) => `# ${formatEvidence(note.evidence)}: ${note.text}\n`);
    await expect(`${text}\n# Not taken over:\n${notes.join('')}`).toMatchFileSnapshot(`expected/${name}.yaml`);
  });

  it('says for every place a line that is there', async () => {
    for (const name of names) {
      const files = await readProject(join(FIXTURES, name), signal);
      for (const { file, line, path } of basisOf(draftOf(detect(files)))) {
        if (file === undefined || line === undefined) continue;
        const content = files.texts.get(file)?.split('\n')[line - 1];
        expect(content?.trim(), `${name}: ${path} at ${file}:${line}`).toBeTruthy();
      }
    }
  });

  it('knows at least twelve kinds of projects', () => {
    expect(names.length).toBeGreaterThanOrEqual(12);
  });
});
