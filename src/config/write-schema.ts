import { readFile, writeFile } from 'node:fs/promises';
import { jsonSchema } from './json-schema.ts';

/** Run as a script: writes the published JSON Schema; with `--check` exits with 1 when the one on disk is stale. */

const FILE = 'devenv.schema.json';
const fresh = `${JSON.stringify(jsonSchema(), null, 2)}\n`;

if (process.argv.includes('--check')) {
  if ((await readFile(FILE, 'utf8').catch(() => '')) !== fresh) {
    process.stderr.write(`${FILE} is stale: npm run schema\n`);
    process.exitCode = 1;
  }
} else {
  await writeFile(FILE, fresh);
}
