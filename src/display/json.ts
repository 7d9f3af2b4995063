import type { Emit } from '../core/events.ts';

/** Events as NDJSON, each as it is in `core/events.ts`. */
export function jsonDisplay(write: (line: string) => void): Emit {
  return (event) => write(JSON.stringify(event));
}
