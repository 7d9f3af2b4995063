import { type Check, type Found, ok } from './finding.ts';
import type { ProjectFacts } from './project-facts.ts';

/** Can the configuration be read, and does git know the checkout? */
export const project: Check = {
  name: 'project',
  run: async (around) => judgeProject(await around.project()),
};

export function judgeProject({ root, mistake, environment, noGit }: ProjectFacts): readonly Found[] {
  if (root === null) return [ok('none in this folder: only the machine is looked at')];
  const found: Found[] = [];
  if (mistake) found.push({ status: 'problem', what: mistake.message, mend: mistake.hints.join(' ') || 'Correct it.' });
  if (noGit !== null && noGit !== 'it is no git repository') {
    found.push({
      status: 'warning',
      what: `git does not help here: ${noGit}`,
      why: 'the environment then hangs on the path of the checkout, and is lost when that is moved',
      mend: /dubious ownership/.test(noGit) ? `git config --global --add safe.directory ${root}` : 'Install git.',
    });
  }
  const id = environment === null ? 'no environment yet' : `environment ${environment}`;
  return found.length > 0 ? found : [ok(`${root}, ${id}`)];
}
