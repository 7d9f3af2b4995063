import { readFile, writeFile } from 'node:fs/promises';
import { jsonSchema } from './json-schema.ts';
import { seedJsonSchema } from './seed/json-schema.ts';

/** Run as a script: writes the published JSON Schemas; with `--check` exits with 1 when one on disk is stale. */

const schemas = { 'devenv.schema.json': jsonSchema(), 'devenv-seed.schema.json': seedJsonSchema() };

for (const [file, schema] of Object.entries(schemas)) {
  const fresh = `${JSON.stringify(schema, null, 2)}\n`;
  if (!process.argv.includes('--check')) await writeFile(file, fresh);
  else if ((await readFile(file, 'utf8').catch(() => '')) !== fresh) {
    process.stderr.write(`${file} is stale: npm run schema\n`);
    process.exitCode = 1;
  }
}
