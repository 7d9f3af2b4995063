import { type DatabaseState, type Moment, timeLine } from '../../../core/data/state.ts';
import { selectedMember, type UiContext } from '../../context.ts';

/** One line of the time line of a database that answers. */
export interface Entry {
  /** Stays the same as long as the state that it stands for. */
  readonly key: string;
  readonly of: DatabaseState;
  readonly moment: Moment;
}

/** Those of the selected service; where that has none, all of them. */
export function shownDatabases(context: Pick<UiContext, 'model' | 'state'>): readonly DatabaseState[] {
  const all = context.model.databases ?? [];
  const own = all.filter(({ service }) => service === selectedMember(context)?.name);
  return own.length > 0 ? own : all;
}

export function entriesOf(context: Pick<UiContext, 'model' | 'state'>): readonly Entry[] {
  return shownDatabases(context).flatMap((of) =>
    of.why === null ? timeLine(of).map((moment) => ({ key: `${of.service} ${nameOf(moment)}`, of, moment })) : [],
  );
}

/** The one that was chosen; where that is gone or none was, what is live. */
export function selectedEntry(context: Pick<UiContext, 'model' | 'state'>): Entry | null {
  const all = entriesOf(context);
  const chosen = all.find(({ key }) => key === context.state.moment);
  return chosen ?? all.find(({ moment }) => moment.kind === 'live') ?? null;
}

function nameOf(moment: Moment): string {
  return moment.kind === 'live' ? '' : moment.copy.name;
}
