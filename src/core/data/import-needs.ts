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

function majorOf(version: string): number {
  return Number.parseInt(version, 10);
}
