import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { rolesToMake, whyNotImport } from '../../core/data/import-needs.ts';
import { UserError } from '../../core/errors.ts';
import {
  importSnapshot,
  readServerFacts,
  refuseKnownSnapshot,
  restoreSnapshot,
  type ServerFacts,
  withNewRoles,
} from '../../data/postgres/index.ts';
import type { SnapshotHeader } from '../../data/snapshot-file/header.ts';
import { openSnapshotFile } from '../../data/snapshot-file/read.ts';
import type { CommonOptions } from '../options.ts';
import { type Chosen, type OwnDatabase, onOwnServer, type Proven } from './on-own-server.ts';
import { drain, runTool } from './tool.ts';

export interface Imported extends OwnDatabase {
  readonly file: string;
  readonly name: string;
  /** Roles of the file that the server lacked: they are there now, without login. */
  readonly madeRoles: readonly string[];
  /** False: the server has no user like the one that exported it, so that owners and grants were left out. */
  readonly withOwners: boolean;
  readonly restored: boolean;
}

export interface ImportRequest {
  /** Or what gives its bytes. */
  readonly file: string | AsyncIterable<Uint8Array>;
  /** Null: as the file has it, else the file's own. */
  readonly name: string | null;
  /** Put it in the place of what is live, too. */
  readonly restore: boolean;
}

/**
 * Makes a snapshot of a file. It is read and checked to its end before anything is changed, and loaded into a database of
 * its own; what is live changes only with `restore`, and undo brings it back.
 */
export async function importData(
  { file, ...request }: ImportRequest,
  options: CommonOptions & Chosen,
): Promise<Imported> {
  if (typeof file === 'string') return importFile(resolve(options.cwd, file), request, options);
  const folder = await mkdtemp(join(tmpdir(), 'devenv-import-'));
  try {
    const received = join(folder, 'snapshot');
    await writeFile(received, file, { mode: 0o600, signal: options.signal });
    return await importFile(received, { ...request, named: 'the standard input' }, options);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

type FileRequest = Omit<ImportRequest, 'file'> & { readonly named?: string };

async function importFile(path: string, request: FileRequest, options: CommonOptions & Chosen): Promise<Imported> {
  const { signal } = options;
  const file = request.named ?? path;
  const { header, body } = await openSnapshotFile(path, signal, file);
  const name = request.name ?? header.label ?? (request.named ? 'imported' : nameFrom(path));
  return onOwnServer(options, async (proven) => {
    const { server, service, keys } = proven;
    await refuseKnownSnapshot(server, name);
    const facts = await readServerFacts(server);
    refuseUnfit(file, header, facts);
    await runTool(proven, ['pg_restore', '--version'], { input: null, output: drain, signal });
    const { make, withOwners } = rolesToMake(header, facts.roles);
    const now = new Date().toISOString();
    await withNewRoles(server, make, () =>
      importSnapshot(server, { ...header, label: name, now }, (database) =>
        load(proven, database, { input: body(), withOwners, signal }),
      ),
    );
    if (request.restore) {
      await restoreSnapshot(server, name, { now: new Date().toISOString() });
      // The file has none of their keys: they stay, and that is said.
      await keys.follow();
    }
    const made = { madeRoles: make, withOwners, restored: request.restore };
    return { service: service.name, database: server.live, file, name, ...made };
  });
}

function refuseUnfit(file: string, header: SnapshotHeader, facts: ServerFacts): void {
  const problems = whyNotImport(header, facts);
  if (problems.length === 0) return;
  throw new UserError(`${file} does not fit: ${problems.join('; ')}`, {
    code: 'refused',
    hints: ['Nothing was changed.'],
  });
}

interface Load {
  readonly input: AsyncIterable<Uint8Array>;
  readonly withOwners: boolean;
  readonly signal: AbortSignal;
}

async function load(proven: Proven, database: string, { input, withOwners, signal }: Load): Promise<void> {
  const roles = withOwners ? [] : ['--no-owner', '--no-privileges'];
  const argv = ['pg_restore', '--exit-on-error', '--no-password', ...roles, '-d', database];
  await runTool(proven, argv, { input, output: drain, signal });
}

function nameFrom(file: string): string {
  const name = basename(file)
    .replace(/\.[^.]*$/, '')
    .replace(/[^\w.-]/g, '-')
    .slice(0, 40);
  return /^[A-Za-z0-9]/.test(name) ? name : 'imported';
}
