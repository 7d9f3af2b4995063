import { seconds } from '../../../display/words.ts';
import { type Outcome, outcomeOf } from '../../model/start.ts';
import { type Row, row } from '../../row.ts';
import { isStarting } from '../../state.ts';
import { failureRows } from '../failure-rows.ts';
import { listPane } from '../pane.ts';
import { waterfall } from './waterfall.ts';

/** The last start as a waterfall: what waited for what, and for how long. */
export const startup = listPane('startup', ['Start-up', 'Start'], (context): readonly Row[] => {
  const { model, logs, now, state } = context;
  const outcome = outcomeOf(model, isStarting(state));
  const { text, bad } = title(outcome);
  return [
    row({ text, bold: true, ...(bad ? { color: 'red' } : {}) }),
    ...failureRows(model),
    row(''),
    ...waterfall(model.steps, { width: logs.area.width, now: outcome.kind === 'running' ? now : null }),
  ];
});

function title(outcome: Outcome): { readonly text: string; readonly bad: boolean } {
  const after = 'ms' in outcome && outcome.ms !== null ? ` after ${seconds(outcome.ms)}.` : null;
  switch (outcome.kind) {
    case 'nothing':
      return { text: 'Nothing was started: everything ran already.', bad: false };
    case 'running':
      return { text: 'Starting...', bad: false };
    case 'ready':
      return { text: `Ready in ${seconds(outcome.ms ?? 0)}.`, bad: false };
    case 'failed':
      return { text: `Failed${after ?? ' before anything was started.'}`, bad: true };
    case 'cut off':
      return { text: `Given up${after ?? '.'}`, bad: true };
    default:
      return outcome satisfies never;
  }
}
