import { type Row, row } from '../../row.ts';
import { listPane } from '../pane.ts';

/** Every variable with the place it comes from, and those that lost. */
export const variables = listPane('variables', 'Variables', ({ variables: all, logs }): readonly Row[] => {
  if (all.length === 0) return [row({ text: 'No variables yet.', dim: true })];
  const width = Math.min(Math.max(...all.map(({ name }) => name.length)), Math.floor(logs.area.width / 3));
  return all.flatMap(({ name, value, origin, losers }) => [
    row({ text: name.padEnd(width), bold: true }, ` ${value}`),
    row({ text: `${' '.repeat(width)} from ${origin}`, dim: true }),
    ...losers.map((loser) =>
      row({ text: `${' '.repeat(width)} not ${loser.value} from ${loser.origin}`, dim: true, color: 'yellow' }),
    ),
  ]);
});
