import { type DatabaseState, type Moment, timeLine } from '../../../core/data/state.ts';
import { selectedMember, type UiContext } from '../../context.ts';

/** One line of the time line of a database that answers. Of several databases a verb is told which is meant. */
export interface Entry {
  /** Stays the same as long as the state that it stands for. */
  readonly key: string;
  readonly of: DatabaseState;
  readonly moment: Moment;
  readonly flags: readonly string[];
}

/** Those that verbs are about without being told. */
export function usualDatabases({ model }: Pick<UiContext, 'model'>): readonly DatabaseState[] {
  return (model.databases ?? []).filter(({ usual }) => usual);
}

/** Those of the selected service, or that its keys go with; where it has none, all of them. */
export function shownDatabases(context: Pick<UiContext, 'model' | 'state'>): readonly DatabaseState[] {
  const all = context.model.databases ?? [];
  const name = selectedMember(context)?.name;
  const own = all.filter(({ service, redis }) =>
    [service, ...redis.map((keys) => keys.service)].some((one) => one === name),
  );
  return own.length > 0 ? own : all;
}

export function entriesOf(context: Pick<UiContext, 'model' | 'state'>): readonly Entry[] {
  const alone = usualDatabases(context).length === 1;
  return shownDatabases(context).flatMap((of) => {
    const flags = alone && of.usual ? [] : ['--service', of.service];
    const moments = of.why === null ? timeLine(of) : [];
    return moments.map((moment) => ({ key: `${of.service} ${nameOf(moment)}`, of, moment, flags }));
  });
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
