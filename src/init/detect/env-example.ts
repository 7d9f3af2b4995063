import { exampleEntries } from '../dotenv.ts';
import { folderOf } from '../files.ts';
import type { Detector } from './detector.ts';

/** `.env.example` and its like: the names that the app reads. Values only tell what is meant. */
export const detectEnvExample: Detector = (files) =>
  exampleEntries(files).map(({ file, name, value, line }) => ({
    kind: 'variable',
    name,
    ...(value === '' ? {} : { example: value }),
    listed: true,
    part: folderOf(file),
    evidence: { file, line, what: name },
  }));
