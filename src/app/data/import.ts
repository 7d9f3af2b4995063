import { basename, resolve } from 'node:path';
import { whyNotImport } from '../../core/data/import-needs.ts';
import { UserError } from '../../core/errors.ts';
import {
  importSnapshot,
  readServerFacts,
  refuseKnownSnapshot,
  restoreSnapshot,
  type ServerFacts,
} from '../../data/postgres/index.ts';
import type { SnapshotHeader } from '../../data/snapshot-file/header.ts';
import { openSnapshotFile } from '../../data/snapshot-file/read.ts';
import type { CommonOptions } from '../options.ts';
import { type Chosen, type OwnDatabase, onOwnServer, type Proven } from './on-own-server.ts';
import { drain, runTool } from './tool.ts';

export interface Imported extends OwnDatabase {
  readonly file: string;
  readonly name: string;
  /** Roles of the file that the server lacks: owners and grants were left out then. */
  readonly missingRoles: readonly string[];
  readonly restored: boolean;
}

export interface ImportRequest {
  readonly file: string;
  /** Null: as the file has it, else the file's own. */
  readonly name: string | null;
  /** Put it in the place of what is live, too. */
  readonly restore: boolean;
}

/**
 * Makes a snapshot of a file. It is read and checked to its end before anything is changed, and loaded into a database of
 * its own; what is live changes only with `restore`, and undo brings it back.
 */
export async function importData(request: ImportRequest, options: CommonOptions & Chosen): Promise<Imported> {
  const { signal } = options;
  const file = resolve(options.cwd, request.file);
  const { header, body } = await openSnapshotFile(file, signal);
  const name = request.name ?? header.label ?? nameFrom(file);
  return onOwnServer(options, async (proven) => {
    const { server, service, keys } = proven;
    await refuseKnownSnapshot(server, name);
    const facts = await readServerFacts(server);
    refuseUnfit(file, header, facts);
    await runTool(proven, ['pg_restore', '--version'], { input: null, output: drain, signal });
    const missingRoles = header.roles.filter((role) => !facts.roles.includes(role));
    const now = new Date().toISOString();
    await importSnapshot(server, { ...header, label: name, now }, (database) =>
      load(proven, database, { input: body(), withRoles: missingRoles.length === 0, signal }),
    );
    if (request.restore) {
      await restoreSnapshot(server, name, { now: new Date().toISOString() });
      // The file has none of their keys: they stay, and that is said.
      await keys.follow();
    }
    return { service: service.name, database: server.live, file, name, missingRoles, restored: request.restore };
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
  readonly withRoles: boolean;
  readonly signal: AbortSignal;
}

async function load(proven: Proven, database: string, { input, withRoles, signal }: Load): Promise<void> {
  const roles = withRoles ? [] : ['--no-owner', '--no-privileges'];
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
