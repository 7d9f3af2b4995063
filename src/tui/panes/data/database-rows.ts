import type { CopyKind } from '../../../core/data/copies.ts';
import { type DatabaseState, type KeysState, readySpares, resetWay } from '../../../core/data/state.ts';
import { age, bytes } from '../../../display/words.ts';
import type { UiContext } from '../../context.ts';
import { shownState } from '../../model/shown-state.ts';
import { type Row, row, type Span } from '../../row.ts';
import { STANDING, stateWord } from '../../symbols.ts';

/** What is known of one database, and how a reset of it would go. */
export function databaseRows(state: DatabaseState, context: UiContext): readonly Row[] {
  const { service, database, why, sizeBytes } = state;
  const size = sizeBytes === null ? '' : `  ${bytes(sizeBytes)}`;
  const title = row({ text: database, bold: true }, size, { text: `  on ${service}`, dim: true });
  if (why !== null) return [title, row({ text: whyNot(state, context) ?? why, color: 'yellow' })];
  if (sizeBytes === null)
    return [title, row({ text: `There is no database ${database} at the moment.`, color: 'yellow' })];
  return [title, ...baselineRows(state, context.now), ...state.redis.map((keys) => keysRow(keys, state))];
}

/** As the list of services says it. */
function whyNot({ service }: DatabaseState, context: UiContext): string | null {
  const member = context.model.members.find(({ name }) => name === service);
  const state = member ? shownState(member, context) : 'ready';
  if (STANDING.includes(state)) return `${service} is ${stateWord(state)}; u starts it.`;
  return state === 'starting' ? `${service} is starting.` : null;
}

function baselineRows(state: DatabaseState, now: number): readonly Row[] {
  if (state.baseline === null) {
    return [row({ text: 'Without data: in the configuration there is nothing to reset it to.', dim: true })];
  }
  return [
    field('baseline', baselineText(state, now)),
    field('reset', ...resetText(state)),
    ...(state.changed === null ? [] : [row({ text: state.changed, color: 'yellow' })]),
  ];
}

function baselineText({ copies, baseline, content }: DatabaseState, now: number): string {
  const kept = copies.find((copy) => copy.kind === 'baseline' && copy.baseline === baseline);
  if (kept) return `${hashText(kept.baseline)}  ${bytes(kept.sizeBytes)}  ${agoText(kept.created, now)}`;
  if (content === 'foreign') return 'none: devenv has not loaded what is there';
  const outdated = copies.findLast(({ kind }) => kind === 'baseline');
  return outdated ? `${hashText(outdated.baseline)}, outdated` : 'none';
}

function resetText(state: DatabaseState): readonly (string | Span)[] {
  const ready = readySpares(state);
  const spares = { text: `, ${ready} of ${state.spares} spares`, dim: true };
  switch (resetWay(state)) {
    case 'swap':
      return [{ text: 'ready', color: 'green' }, ': R swaps it in', spares];
    case 'copy':
      return ['R copies the baseline', spares];
    default:
      return ['R runs migrations and seeds anew'];
  }
}

/** A Redis whose keys go with the database: how many there are, and what is kept of them. */
function keysRow({ service, keys, why, lags, copies }: KeysState, { database }: DatabaseState): Row {
  if (keys === null) return field(service, { text: why ?? '', color: 'yellow' });
  const count = `${keys.toLocaleString('en')} ${keys === 1 ? 'key' : 'keys'}`;
  const whose = lags
    ? { text: `, not yet as ${database}: the next command brings them there`, color: 'yellow' as const }
    : { text: ` of ${database}`, dim: true };
  const kept = keptText(copies);
  return field(service, count, whose, { text: kept === '' ? '' : `; kept: ${kept}`, dim: true });
}

/** The baseline and snapshots one by one; of the others how many there are. */
function keptText(copies: KeysState['copies']): string {
  const named = copies.flatMap(({ kind, label, keys }) => {
    const amount = keys.toLocaleString('en');
    if (kind === 'baseline') return [`baseline ${amount}`];
    return kind === 'snapshot' ? [`${label} ${amount}`] : [];
  });
  const count = (kind: CopyKind) => copies.filter((copy) => copy.kind === kind).length;
  const [spares, undo, redo] = [count('spare'), count('undo'), count('redo')];
  const counted = [
    ...(spares === 0 ? [] : [spares === 1 ? '1 spare' : `${spares} spares`]),
    ...(undo === 0 ? [] : [`${undo} to undo`]),
    ...(redo === 0 ? [] : [`${redo} to redo`]),
  ];
  return [...named, ...counted].join(', ');
}

function field(name: string, ...parts: readonly (string | Span)[]): Row {
  return row({ text: name.length < 10 ? name.padEnd(10) : `${name}  `, dim: true }, ...parts);
}

export function hashText(baseline: string | null): string {
  return (baseline ?? '').slice(0, 8);
}

/** `3 min ago`. */
export function agoText(created: string, now: number): string {
  const ms = now - Date.parse(created);
  return ms < 1_000 ? 'now' : `${age(ms)} ago`;
}
