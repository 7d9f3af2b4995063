import { lineAt } from '../files.ts';
import type { VariableFinding } from '../finding.ts';
import { JAVASCRIPT, readsOf, sourcesOf } from '../sources.ts';
import type { Detector } from './detector.ts';

const LANGUAGES = [JAVASCRIPT, /\.py$/, /\.rb$/, /\.go$/];

/** Variables that the code reads. They count where their names say what they are for. */
export const detectSources: Detector = (files) =>
  LANGUAGES.flatMap((language) => {
    const names = new Map<string, VariableFinding>();
    for (const source of sourcesOf(files, language)) {
      for (const { variable, index, required } of readsOf(source)) {
        const evidence = { file: source.name, line: lineAt(source.text, index), what: `reads ${variable}` };
        const known = names.get(variable);
        if (!known || (required && !known.listed))
          names.set(variable, { kind: 'variable', name: variable, listed: required, evidence });
      }
    }
    return [...names.values()];
  });
