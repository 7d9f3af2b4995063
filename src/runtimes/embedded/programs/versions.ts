/** The newest version of a major. All of these packages' versions are prereleases, so no semver range finds them. */
export function newestOfMajor(versions: readonly string[], major: string): string | null {
  const candidates = versions.filter((version) => majorOf(version) === major);
  return [...candidates].sort(compareVersions).at(-1) ?? null;
}

export function majorOf(version: string): string {
  return version.split('.')[0] ?? '';
}

/** Number by number: 17.10.0-beta.9 comes before 17.10.0-beta.17, and both before 17.10.0. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [numbers(a), numbers(b)];
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function numbers(version: string): readonly number[] {
  const [release = '', prerelease] = version.split(/-(.*)/s);
  const parts = release.split('.').map(Number);
  while (parts.length < 3) parts.push(0);
  return [...parts, prerelease === undefined ? Number.MAX_SAFE_INTEGER : Number(/\d+/.exec(prerelease)?.[0] ?? 0)];
}

/** From what `--version` prints: `Redis server v=7.0.15 sha=…`, `redis-cli 7.0.15`, `psql (PostgreSQL) 17.2 (Debian …)`. */
export function versionInOutput(output: string): string | null {
  return /(?:\bv=|[\s)v])(\d+(?:\.\d+)+)/.exec(output)?.[1] ?? null;
}

/** The version that the authors gave, from Debian's `[epoch:]upstream[-revision]` (deb-version(7)). */
export function upstreamVersion(debian: string): string {
  return /^(?:\d+:)?(\d+(?:\.\d+)*)/.exec(debian)?.[1] ?? debian;
}
