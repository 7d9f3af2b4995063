import type { DraftProcess } from './processes.ts';
import type { DraftService } from './services.ts';

/** What values can refer to. */
export interface Surroundings {
  readonly services: readonly DraftService[];
  readonly processes: readonly DraftProcess[];
  /** That of the database's URL, where a library takes more from it than the kind of server. */
  readonly scheme: string | undefined;
  /** What has to stand behind it, as in `?sslmode=disable`. */
  readonly query: string;
  /** All examples by name: one variable of a group tells what the others are about. */
  readonly examples: ReadonlyMap<string, string>;
}
