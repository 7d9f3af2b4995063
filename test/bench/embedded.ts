import { type Contender, compare, repeating } from './compare.ts';
import { makeDevenvProject } from './devenv-project.ts';
import type { Measurement, Scenario } from './measurement.ts';
import { EMBEDDED_STACK } from './project-files.ts';
import type { Summary } from './statistics.ts';

const SHORT = { warmUps: 1, counted: 5 };

/** The tests' cache of programs is used: the warm-up fetches them where they aren't in it, which isn't what is measured. */
export const embedded: Scenario = {
  name: 'embedded',
  async measure(signal) {
    const fresh = await compare([embeddedFresh()], { ...SHORT, signal });
    await using project = await makeDevenvProject(EMBEDDED_STACK);
    await project.up();
    const again = await compare([repeating('devenv up', project.up)], { ...SHORT, signal });
    return [
      { ...measured('embedded, fresh, everything fetched', fresh), target: { atMost: 1_000, of: 'unit' } },
      { ...measured('embedded, nothing to do', again), target: null },
    ];
  },
};

function embeddedFresh(): Contender {
  return {
    name: 'devenv up',
    async begin() {
      const project = await makeDevenvProject(EMBEDDED_STACK);
      return { run: project.up, rest: project.down, [Symbol.asyncDispose]: () => project[Symbol.asyncDispose]() };
    },
  };
}

function measured(name: string, times: Record<string, Summary>): Pick<Measurement, 'name' | 'unit' | 'devenv'> {
  const devenv = times['devenv up'];
  if (!devenv) throw new Error(`${name} was not measured`);
  return { name, unit: 'ms', devenv };
}
