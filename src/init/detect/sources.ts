import { lineAt } from '../files.ts';
import type { Finding } from '../finding.ts';
import { JAVASCRIPT, readsOf, sourcesOf } from '../sources.ts';
import type { Detector } from './detector.ts';

const LANGUAGES = [JAVASCRIPT, /\.py$/, /\.rb$/, /\.go$/];

/** Variables that the code reads. They count where their names say what they are for. */
export const detectSources: Detector = (files) =>
  LANGUAGES.flatMap((language) => {
    const names = new Map<string, Finding>();
    for (const source of sourcesOf(files, language)) {
      for (const { variable, index } of readsOf(source)) {
        const evidence = { file: source.name, line: lineAt(source.text, index), what: `reads ${variable}` };
        if (!names.has(variable)) names.set(variable, { kind: 'variable', name: variable, listed: false, evidence });
      }
    }
    return [...names.values()];
  });
