/** What a copy of the live database is for. */
export type CopyKind =
  /** The state that reset goes back to. */
  | 'baseline'
  /** A copy of the baseline that waits to be swapped in. */
  | 'spare'
  /** What was live before a reset, restore or seed. */
  | 'undo'
  /** What was live before an undo. */
  | 'redo'
  /** What was live while something else is loaded in its place: for as long as that goes on. */
  | 'parked'
  /** Kept by the user under a name. */
  | 'snapshot';

/** A database of the server that holds a copy of the live one. */
export interface Copy {
  readonly name: string;
  readonly kind: CopyKind;
  /** Hash of what the data was made from; null for data that was changed since. */
  readonly baseline: string | null;
  /** Name of a snapshot; for undo and redo the verb that made it necessary. */
  readonly label: string;
  /** ISO 8601. */
  readonly created: string;
  readonly sizeBytes: number;
}

export interface Keeping {
  /** How many spares wait for a reset. */
  readonly spares: number;
  /** How many steps can be taken back. */
  readonly undos: number;
  /** Of all that can be taken back together; the newest stays whatever its size. */
  readonly undoBytes: number;
}

export const KEEPING: Keeping = { spares: 2, undos: 5, undoBytes: 5_000_000_000 };

/** How a reset goes: by a spare at once, by a copy of the baseline, or not at all. */
export function resetBy(copies: readonly Copy[], baseline: string): Copy | null {
  const fitting = copies.filter((copy) => copy.baseline === baseline);
  return fitting.find(({ kind }) => kind === 'spare') ?? fitting.find(({ kind }) => kind === 'baseline') ?? null;
}

/** What undo, or redo, puts back. */
export function latest(copies: readonly Copy[], kind: 'undo' | 'redo'): Copy | null {
  return byAge(copies.filter((copy) => copy.kind === kind)).at(-1) ?? null;
}

/**
 * Of several databases those that the last action was on, which may be of many: it bears one time on all of them. None
 * where there is nothing to put back.
 */
export function lastTogether<Of>(
  all: readonly { readonly of: Of; readonly copies: readonly Copy[] }[],
  kind: 'undo' | 'redo',
): readonly Of[] {
  const found = all.flatMap(({ of, copies }) => {
    const copy = latest(copies, kind);
    return copy ? [{ of, created: copy.created }] : [];
  });
  const newest = found.reduce((time, { created }) => (created > time ? created : time), '');
  return found.filter(({ created }) => created === newest).map(({ of }) => of);
}

/** Copies that nothing leads to any more. Snapshots are the user's; only one who asks removes them. */
export function outdated(copies: readonly Copy[], baseline: string | null, keeping: Keeping): readonly Copy[] {
  const spares = copies.filter(({ kind }) => kind === 'spare');
  const fitting = spares.filter((copy) => copy.baseline === baseline);
  return [
    ...copies.filter((copy) => copy.kind === 'baseline' && copy.baseline !== baseline),
    ...spares.filter((copy) => copy.baseline !== baseline),
    ...byAge(fitting).slice(keeping.spares),
    ...beyondRing(
      copies.filter(({ kind }) => kind === 'undo'),
      keeping,
    ),
    ...beyondRing(
      copies.filter(({ kind }) => kind === 'redo'),
      keeping,
    ),
  ];
}

/** How many spares are missing. */
export function missingSpares(copies: readonly Copy[], baseline: string, { spares }: Keeping): number {
  return Math.max(0, spares - copies.filter((copy) => copy.kind === 'spare' && copy.baseline === baseline).length);
}

function beyondRing(ring: readonly Copy[], { undos, undoBytes }: Keeping): readonly Copy[] {
  let bytes = 0;
  return byAge(ring)
    .reverse()
    .filter(({ sizeBytes }, index) => {
      bytes += sizeBytes;
      return index >= undos || (index > 0 && bytes > undoBytes);
    });
}

function byAge(copies: readonly Copy[]): Copy[] {
  return [...copies].sort((a, b) => (a.created < b.created ? -1 : a.created > b.created ? 1 : 0));
}
