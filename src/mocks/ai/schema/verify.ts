import { isObject } from '../json.ts';
import { Patterns } from './patterns.ts';

/** Keywords that values are not made by, only tried against. */
const HARD = new Set(
  `not oneOf allOf if contains maxContains dependentRequired dependentSchemas dependencies propertyNames patternProperties
  unevaluatedProperties unevaluatedItems uniqueItems multipleOf`.split(/\s+/),
);

export function isHard(schema: unknown): boolean {
  if (Array.isArray(schema)) return schema.some(isHard);
  if (!isObject(schema)) return false;
  return Object.entries(schema).some(([key, inner]) => HARD.has(key) || looksAround(key, inner) || isHard(inner));
}

function looksAround(key: string, inner: unknown): boolean {
  return key === 'pattern' && typeof inner === 'string' && /\(\?<?[=!]/.test(inner);
}

/** The schema of schemas alone would take 20 ms to compile. */
const QUICK = { meta: false, validateSchema: false, ownProperties: true };

/** Whether a value is one of a schema; a schema that is broken has no values to tell apart. */
export async function verifier(schema: unknown): Promise<(value: unknown) => boolean> {
  // Its default export is there in Node and in the bundle, where a lazily imported CommonJS module has no other.
  const { default: Ajv } = await import('ajv/dist/2020.js');
  const code = { regExp: boundedBy(new Patterns()) };
  const ajv = new Ajv({ ...QUICK, code, strict: false, validateFormats: false, logger: false });
  try {
    const { $schema: _, $id: __, ...rest } = schema as Record<string, unknown>;
    return ajv.compile(rest);
  } catch {
    return () => true;
  }
}

/** The engine of regular expressions that Ajv takes (`code.regExp`): patterns come from the app, and may take too long. */
function boundedBy(patterns: Patterns) {
  const engine = (source: string) => {
    const pattern = patterns.of(source);
    if (!pattern) throw new SyntaxError(`${source} is no regular expression`);
    // By its text Ajv tells one from another.
    return { test: (text: string) => pattern.first([text]) !== null, toString: () => String(pattern.regexp) };
  };
  return Object.assign(engine, { code: 'new RegExp' });
}

/** What is wrong with a schema that no value could be made for; null for one that is right, so that the mistake is ours. */
export async function schemaMistake(schema: unknown): Promise<string | null> {
  const { default: Ajv } = await import('ajv/dist/2020.js');
  const ajv = new Ajv({ strict: false, validateFormats: false, logger: false });
  try {
    ajv.compile(schema as Record<string, unknown>);
    return null;
  } catch (error) {
    return (error as Error).message;
  }
}
