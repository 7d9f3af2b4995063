/** `unreadable` is anything but a clear answer: no permission, a disk that fails, a server that doesn't answer. */
export type Presence = 'there' | 'missing' | 'unreadable';

/** What the machine says of the folder in which an environment was made. */
export interface CheckoutFacts {
  /** Empty where no object and no file tells. */
  readonly path: string;
  readonly folder: Presence;
  readonly parent: Presence;
  /** The mount point that held it, when nothing is mounted there now. */
  readonly unmounted: string | null;
  /** Another folder whose git checkout carries the environment's id: it was moved, maybe while it ran, or its branch lacks the folder. */
  readonly carriedBy: string | null;
  /** For a linked git worktree: what its repository says. */
  readonly worktree: Worktree | null;
}

export interface Worktree {
  readonly repository: Presence;
  readonly listed: boolean;
  readonly locked: boolean;
}

export interface CheckoutState {
  readonly state: 'living' | 'gone' | 'unknown';
  readonly why: string;
}

/** Gone only where that is certain: a disk that isn't mounted, or a folder that nobody may read, is no proof of anything. */
export function checkoutState(facts: CheckoutFacts): CheckoutState {
  const { path, worktree } = facts;
  if (path === '') return unknown('nothing tells where its checkout is');
  if (facts.folder === 'there') return { state: 'living', why: `its checkout is ${path}` };
  if (facts.carriedBy !== null) return { state: 'living', why: `its checkout is in ${facts.carriedBy}` };
  if (facts.folder === 'unreadable') return unknown(`${path} can't be read`);
  if (worktree?.locked) return unknown(`git keeps its worktree ${path} locked`);
  if (facts.unmounted !== null) return unknown(`nothing is mounted at ${facts.unmounted}, where its checkout was`);
  if (worktree && worktree.repository === 'there' && !worktree.listed) return gone(`git removed its worktree ${path}`);
  if (facts.parent === 'there') return gone(`its checkout ${path} is gone`);
  return unknown(`the folder that held ${path} is not there: it may be on a disk that is not mounted`);
}

/** One environment may have been seen in several places: any that lives keeps it. */
export function strongest(states: readonly CheckoutState[]): CheckoutState {
  const first = (state: CheckoutState['state']) => states.find((candidate) => candidate.state === state);
  return first('living') ?? first('unknown') ?? first('gone') ?? unknown('nothing tells where its checkout is');
}

function gone(why: string): CheckoutState {
  return { state: 'gone', why };
}

function unknown(why: string): CheckoutState {
  return { state: 'unknown', why };
}
