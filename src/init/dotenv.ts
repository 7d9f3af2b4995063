import { type DotenvEntry, parseDotenv } from '../config/parse-dotenv.ts';
import { folderOf, matching, type ProjectFiles } from './files.ts';

export interface ExampleEntry extends DotenvEntry {
  readonly file: string;
}

const EXAMPLES =
  /(^|\/)(\.env\.[\w.]*(example|sample|template|dist)|\.env\.defaults|\.?env[._-](example|sample)|(example|sample)\.env)$/;

/** The variables of `.env.example` and its like, also of workspaces; those at the top first. */
export function exampleEntries(files: ProjectFiles): readonly ExampleEntry[] {
  const depth = (name: string) => (folderOf(name) === '.' ? 0 : name.split('/').length);
  return [...matching(files, EXAMPLES)]
    .sort((a, b) => depth(a.name) - depth(b.name))
    .flatMap(({ name: file, text }) => parseDotenv(text).map((entry) => ({ file, ...entry })));
}
