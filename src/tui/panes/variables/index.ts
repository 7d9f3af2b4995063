import { type ShownValue, type ShownVariable, selectedMember } from '../../context.ts';
import type { Member } from '../../model/model.ts';
import { type Row, row } from '../../row.ts';
import { listPane } from '../pane.ts';

/** Every variable that the selected one gets, with the place it comes from, and those that lost. */
export const variables = listPane('variables', ['Variables', 'Vars'], (context): readonly Row[] => {
  const member = selectedMember(context);
  const all = context.variables.flatMap((variable) => entryFor(variable, member) ?? []);
  if (all.length === 0) return [row({ text: emptyWord(member), dim: true })];
  const width = Math.min(Math.max(...all.map(({ name }) => name.length)), Math.floor(context.logs.area.width / 3));
  return all.flatMap((entry) => entryRows(entry, width));
});

interface Entry {
  readonly name: string;
  readonly won: ShownValue | null;
  /** Values that others get, or nobody. */
  readonly others: readonly string[];
}

/** Null for one that it doesn't get: processes have all that is shared, services nothing but their own. */
function entryFor({ name, shared, losers, own }: ShownVariable, member: Member | null): Entry | null {
  const lost = losers.map(({ value, origin }) => `not ${value} from ${origin}`);
  if (member === null) {
    return {
      name,
      won: shared,
      others: [...lost, ...own.map((one) => `${one.target}: ${one.value} from ${one.origin}`)],
    };
  }
  const mine = own.find(({ target }) => target === member.name);
  if (mine) return { name, won: mine, others: shared ? [`not ${shared.value} from ${shared.origin}`, ...lost] : lost };
  return shared && member.kind === 'process' ? { name, won: shared, others: lost } : null;
}

function entryRows({ name, won, others }: Entry, width: number): readonly Row[] {
  const indent = ' '.repeat(width);
  const first = won ? ` ${won.value}` : { text: ' for single ones only', dim: true };
  return [
    row({ text: name.padEnd(width), bold: true }, first),
    ...(won ? [row({ text: `${indent} from ${won.origin}`, dim: true })] : []),
    ...others.map((text) => row({ text: `${indent} ${text}`, dim: true, color: 'yellow' })),
  ];
}

function emptyWord(member: Member | null): string {
  return member?.kind === 'service' ? 'A service gets its own variables only, and it has none.' : 'No variables yet.';
}
