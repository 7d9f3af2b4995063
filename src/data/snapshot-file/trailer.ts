const COMPLETE = 'devenv-snapshot-complete';

/** The last bytes of a snapshot's file: the SHA-256 of all before them, then the mark of completion. */
export function trailer(sha256: string): string {
  return `\nsha256 ${sha256}\n${COMPLETE}\n`;
}

export const TRAILER_BYTES = trailer('0'.repeat(64)).length;

/** The SHA-256 in it; null: the file's end is missing. */
export function readTrailer(bytes: string): string | null {
  return new RegExp(`^\\nsha256 ([0-9a-f]{64})\\n${COMPLETE}\\n$`).exec(bytes)?.[1] ?? null;
}
