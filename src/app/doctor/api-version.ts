import { type Check, type Found, ok } from './finding.ts';

/** Of Engine 20.10, the oldest that devenv is tested with. */
const MINIMUM = '1.41';

export const apiVersion: Check = {
  name: 'engine API',
  async run({ engine }) {
    const { answer } = await engine();
    return answer ? judgeApiVersion(answer.apiVersion) : [];
  },
};

export function judgeApiVersion(version: string): readonly Found[] {
  if (!isOlder(version, MINIMUM)) return [ok(`version ${version}; devenv needs ${MINIMUM}`)];
  return [
    {
      status: 'problem',
      what: `the engine speaks version ${version} of its API; devenv needs ${MINIMUM}`,
      mend: 'Update the engine to Docker 20.10 or newer.',
    },
  ];
}

/** Number by number: 1.9 comes before 1.41. */
function isOlder(version: string, than: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [wantedMajor = 0, wantedMinor = 0] = than.split('.').map(Number);
  return major < wantedMajor || (major === wantedMajor && minor < wantedMinor);
}
