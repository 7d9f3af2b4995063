/** What a snapshot's file says that it needs. */
export interface Needs {
  /** Version of the server that it was taken from: `17.2`. */
  readonly server: string;
  readonly extensions: readonly string[];
}

/** Why a server can't take a snapshot, in words; empty where it can. */
export function whyNotImport(
  needs: Needs,
  server: { readonly version: string; readonly available: readonly string[] },
): readonly string[] {
  const problems: string[] = [];
  if (majorOf(needs.server) > majorOf(server.version)) {
    problems.push(`it is of Postgres ${needs.server}, and this server is ${server.version}`);
  }
  const missing = needs.extensions.filter((name) => !server.available.includes(name));
  if (missing.length > 0) problems.push(`this server has no extension ${missing.join(', ')}`);
  return problems;
}

export interface RolesToMake {
  /** Without them policies can't be made, and owners and grants would be lost. */
  readonly make: readonly string[];
  /** Whether owners and grants can be as they were. */
  readonly withOwners: boolean;
}

/**
 * Which roles of a snapshot's file a server gets that lacks them. Not the superuser that exported it: without rights it
 * could not own all that a superuser does, and what it owned is the importing one's then.
 */
export function rolesToMake(
  { roles, user }: { readonly roles: readonly string[]; readonly user?: string | undefined },
  present: readonly string[],
): RolesToMake {
  const missing = roles.filter((role) => !present.includes(role));
  return {
    // Names that begin so are Postgres' own, and nobody else's.
    make: missing.filter((role) => role !== user && !role.startsWith('pg_')),
    withOwners: missing.length === 0 || (user !== undefined && present.includes(user)),
  };
}

function majorOf(version: string): number {
  return Number.parseInt(version, 10);
}
