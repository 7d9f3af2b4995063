import { readRecords } from '../../state/records.ts';
import { type FoundSupervisor, findSupervisors, forgetSupervisor } from '../../supervisor/stale.ts';
import { type Check, type Found, ok } from './finding.ts';

/** Does every supervisor live, and have an environment? */
export const supervisors: Check = {
  name: 'supervisors',
  async run() {
    const [found, records] = await Promise.all([findSupervisors(), readRecords()]);
    return judgeSupervisors(found, new Set(records.map(({ id }) => id)));
  },
};

export function judgeSupervisors(all: readonly FoundSupervisor[], known: ReadonlySet<string>): readonly Found[] {
  const found = all.flatMap((supervisor) => judge(supervisor, known.has(supervisor.environment)));
  return found.length > 0 ? found : [ok(all.length === 0 ? 'none runs' : `${all.length} of ${all.length} answer`)];
}

function judge({ environment, is }: FoundSupervisor, known: boolean): readonly Found[] {
  switch (is.state) {
    case 'answers':
      return known ? [] : [withoutEnvironment(environment, is.pid)];
    case 'silent':
      return [
        {
          status: 'problem',
          what: `the supervisor of environment ${environment} (pid ${is.pid}) does not answer`,
          mend: `devenv up in its checkout starts it anew; devenv down ${environment} ends it`,
        },
      ];
    case 'dead':
      return [is.left.length > 0 ? leftRunning(environment, is.left) : deadOne(environment)];
    default:
      return is satisfies never;
  }
}

function withoutEnvironment(environment: string, pid: number): Found {
  return {
    status: 'warning',
    what: `a supervisor (pid ${pid}) runs for environment ${environment}, of which the state folder tells nothing`,
    why: 'its records were deleted, or it was started with another XDG_STATE_HOME',
    mend: `kill ${pid} ends it with its processes`,
  };
}

function leftRunning(environment: string, names: readonly string[]): Found {
  return {
    status: 'problem',
    what: `the supervisor of environment ${environment} was killed and left ${names.join(', ')} running`,
    mend: `devenv up in its checkout starts them anew; devenv down ${environment} ends them`,
  };
}

function deadOne(environment: string): Found {
  return {
    status: 'warning',
    what: `the supervisor of environment ${environment} is dead and left its record or socket`,
    mend: 'devenv doctor --fix removes them',
    fix: async () => {
      const done = await forgetSupervisor(environment);
      return done ? `removed what the supervisor of ${environment} left` : 'it runs again: nothing was removed';
    },
  };
}
