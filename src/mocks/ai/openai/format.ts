import type { Fields } from '../fields.ts';
import type { Format, Turn } from '../prompt.ts';
import { nameOf } from './names.ts';
import { checkStrict } from './strict.ts';

/** `response_format` of chat completions, whose schema is one level deeper, or `text.format` of responses. */
export function formatOf(format: Fields | null): Format {
  const type = format?.required('type', format.oneOf('type', ['text', 'json_object', 'json_schema'])) ?? 'text';
  if (!format || type === 'text') return { kind: 'text' };
  if (type === 'json_object') return { kind: 'json' };
  const described =
    format.at === 'response_format' ? format.required('json_schema', format.inner('json_schema')) : format;
  const name = nameOf(described);
  const schema = described.inner('schema')?.object ?? {};
  if (described.boolean('strict')) checkStrict(schema, `response_format '${name}'`, format.at);
  return { kind: 'schema', name, schema };
}

/** JSON without a schema has to be asked for in words too. `turns` are all that is said. */
export function asksForJson(turns: readonly Turn[]): boolean {
  return turns.some(({ text }) => /json/i.test(text));
}
