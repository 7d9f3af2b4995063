import type { Call } from '../../provider.ts';
import { ApiError } from './errors.ts';
import { API_VERSION, askedVersion } from './version.ts';

/** Says once of each other version of the API that calls ask for it: its objects have another shape. */
export class OtherVersions {
  readonly #known = new Set([API_VERSION]);
  readonly #tell: (message: string) => void;

  constructor(tell: (message: string) => void) {
    this.#tell = tell;
  }

  notice(call: Call): void {
    const version = versionOf(call);
    if (version === null || this.#known.has(version)) return;
    this.#known.add(version);
    this.#tell(
      `stripe: calls ask for version ${version} of the API; they are answered in the shapes of ${API_VERSION}`,
    );
  }
}

/** Null for what is none, which is refused where the call is decided. */
function versionOf(call: Call): string | null {
  try {
    return askedVersion(call);
  } catch (error) {
    if (error instanceof ApiError) return null;
    throw error;
  }
}
