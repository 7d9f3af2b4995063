import { stat, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { paths } from '../../lib/paths.ts';
import { type Check, type Found, ok } from './finding.ts';

const MB = 1_000_000;

/** What a place should have free, and what it can't do without. */
const WANTS = {
  'data of embedded services': [2_000 * MB, 200 * MB],
  'downloads and templates': [2_000 * MB, 200 * MB],
  'state and logs': [200 * MB, 10 * MB],
  sockets: [5 * MB, MB / 10],
  "the engine's data": [5_000 * MB, 500 * MB],
} as const;

export type Use = keyof typeof WANTS;

export interface DiskFacts {
  /** A folder that is there: the place itself, or the one that it will be made in. */
  readonly path: string;
  readonly device: number;
  readonly use: Use;
  readonly freeBytes: number;
  readonly freeFiles: number;
  /** 0 where the file system has no limit of them. */
  readonly totalFiles: number;
}

export const disk: Check = {
  name: 'disk',
  async run({ engine }) {
    const { data, cache, state, run } = paths();
    const dataRoot = (await engine()).answer?.dataRoot ?? null;
    const places: [Use, string | null][] = [
      ['data of embedded services', data],
      ['downloads and templates', cache],
      ['state and logs', state],
      ['sockets', run],
      // In a virtual machine its folder isn't here.
      ["the engine's data", dataRoot !== null && (await isHere(dataRoot)) ? dataRoot : null],
    ];
    const facts = await Promise.all(places.map(async ([use, path]) => (path === null ? null : measure(use, path))));
    return judgeDisk(facts.filter((one) => one !== null));
  },
};

/** One finding for a file system, whatever lies on it. */
export function judgeDisk(places: readonly DiskFacts[]): readonly Found[] {
  const devices = [...new Set(places.map(({ device }) => device))];
  return devices.map((device) => judgeDevice(places.filter((place) => place.device === device)));
}

function judgeDevice(places: readonly DiskFacts[]): Found {
  const [first] = places as readonly [DiskFacts];
  const short = (level: 0 | 1) => places.filter(({ use, freeBytes }) => freeBytes < WANTS[use][level]);
  const uses = (some: readonly DiskFacts[]) => some.map(({ use }) => use).join(', ');
  const text = `${Math.floor(first.freeBytes / MB)} MB free at ${first.path}`;
  const share = first.totalFiles === 0 ? 1 : first.freeFiles / first.totalFiles;
  const mend = 'devenv gc removes what no checkout needs; docker system df shows what the engine holds.';
  if (share === 0) return { status: 'problem', what: `no more files can be made at ${first.path}`, mend };
  if (short(1).length > 0) {
    return { status: 'problem', what: `only ${text}`, why: `too little for ${uses(short(1))}`, mend };
  }
  if (short(0).length > 0)
    return { status: 'warning', what: `only ${text}`, why: `little for ${uses(short(0))}`, mend };
  if (share < 0.01) return { status: 'warning', what: `few more files can be made at ${first.path}`, mend };
  return ok(`${text}, for ${uses(places)}`);
}

async function measure(use: Use, path: string): Promise<DiskFacts> {
  const place = await nearest(path);
  const [{ dev }, { bavail, bsize, ffree, files }] = await Promise.all([stat(place), statfs(place)]);
  return { path: place, device: dev, use, freeBytes: bavail * bsize, freeFiles: ffree, totalFiles: files };
}

async function nearest(path: string): Promise<string> {
  const there = await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
  return there || dirname(path) === path ? path : nearest(dirname(path));
}

async function isHere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
