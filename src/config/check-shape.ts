import type * as z from 'zod';
import { suggestion } from '../lib/suggestion.ts';
import type { Finding } from './finding.ts';
import { toFindings } from './issues.ts';
import { entriesOf, type Keys, keysOf, type Path } from './path.ts';
import { projectSchema } from './schema.ts';
import { anyServiceSchema, engineSchemas, imageSchema } from './service-schema.ts';

/** The parsed configuration, its services not yet in one form; undefined parts were wrong and are in `findings`. */
export interface Shaped {
  readonly project: z.output<typeof projectSchema> | undefined;
  readonly services: Readonly<Record<string, Keys>>;
  readonly findings: readonly Finding[];
}

/** A command parses once: compiling the schemas first would take longer than it saves. */
const ONE_PARSE = { jitless: true };

/** Keys, types and forms. Services are checked one by one: a union of all kinds would report every kind's problems. */
export function checkShape(value: unknown): Shaped {
  const parsed = projectSchema.safeParse(value, ONE_PARSE);
  const findings = parsed.success ? [] : [...toFindings(parsed.error, projectSchema, value)];
  const services: Record<string, Keys> = {};
  for (const [name, service] of entriesOf(keysOf(value).services)) {
    const found = checkService(name, service);
    findings.push(...found.findings);
    if (found.service) services[name] = found.service;
  }
  return { project: parsed.data, services, findings };
}

interface CheckedService {
  readonly service?: Keys;
  readonly findings: readonly Finding[];
}

function checkService(name: string, value: unknown): CheckedService {
  const { schema, finding } = kindOf(name, keysOf(value));
  const parsed = schema.safeParse(value, ONE_PARSE);
  const path: Path = ['services', name];
  const findings = parsed.success
    ? []
    : toFindings(parsed.error, schema, value).map((inner) => ({ ...inner, path: [...path, ...inner.path] }));
  const misspelt = findings.some((inner) => inner.part === 'key' && inner.path.length === path.length + 1);
  if (finding && !(finding.weak && misspelt)) return { findings: [finding, ...findings] };
  return parsed.success && !finding ? { service: parsed.data as Keys, findings } : { findings };
}

/** `weak`: not said beside a misspelt key, which is the likelier reason. */
type KindFinding = Finding & { readonly weak?: boolean };

function kindOf(name: string, service: Keys): { readonly schema: z.ZodObject; readonly finding?: KindFinding } {
  const { engine } = service;
  const known = Object.keys(engineSchemas);
  if (typeof engine === 'string') {
    const schema = Object.hasOwn(engineSchemas, engine) ? engineSchemas[engine] : undefined;
    if (schema) return { schema };
    const message = `unknown engine \`${engine}\`${suggestion(engine, known, { list: true })}`;
    return { schema: anyServiceSchema, finding: { path: ['services', name, 'engine'], part: 'value', message } };
  }
  if (engine === undefined && service.image !== undefined) return { schema: imageSchema };
  const message = `needs an \`engine\` (${known.join(', ')}) or an \`image\``;
  return {
    schema: anyServiceSchema,
    finding: { path: ['services', name], part: 'key', message, weak: engine === undefined, absence: true },
  };
}
