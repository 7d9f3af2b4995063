import { lineAt } from '../files.ts';
import type { VariableFinding } from '../finding.ts';
import { JAVASCRIPT, readsOf, sourcesOf } from '../sources.ts';
import type { Detector } from './detector.ts';

const LANGUAGES = [JAVASCRIPT, /\.py$/, /\.rb$/, /\.go$/];

/** Beside the name: what is taken without a value. */
const FALLBACK =
  /^['"]?[\])]?\s*(?:,\s*(?:default\s*=\s*)?|\|\||\?\?|=|\bor\b)\s*['"`]((?:(?:rediss?|valkeys?|amqps?):\/\/|(?:https?|wss?):\/\/(?:localhost|127\.0\.0\.1):\d)[^'"`\s]*)['"`]/;

/**
 * What is taken without a value says which kind of queue or cache is meant, and which process of the project by its
 * port; of a database the name says it.
 */
function fallbackAfter(text: string, index: number): string | undefined {
  return FALLBACK.exec(text.slice(index, index + 200))?.[1];
}

/** Variables that the code reads. They count where their names say what they are for. */
export const detectSources: Detector = (files) =>
  LANGUAGES.flatMap((language) => {
    const names = new Map<string, VariableFinding>();
    for (const source of sourcesOf(files, language)) {
      for (const { variable, index, required } of readsOf(source)) {
        const evidence = { file: source.name, line: lineAt(source.text, index), what: `reads ${variable}` };
        const known = names.get(variable);
        if (known && (!required || known.listed)) continue;
        const example = fallbackAfter(source.text, index + variable.length);
        const told = example === undefined ? {} : { example };
        names.set(variable, { kind: 'variable', name: variable, ...told, listed: required, evidence });
      }
    }
    return [...names.values()];
  });
