import { readdir, readFile } from 'node:fs/promises';

export interface RunningProcess {
  readonly pid: number;
  readonly command: string;
  /** The variables it was started with. */
  readonly variables: readonly string[];
}

/** Living processes that have the text in their arguments or in the variables they were started with. Linux only. */
export async function processesWith(text: string): Promise<readonly RunningProcess[]> {
  const pids = (await readdir('/proc')).map(Number).filter((pid) => pid > 0 && pid !== process.pid);
  const all = await Promise.all(pids.map(runningProcess));
  return all.filter(
    (entry) => entry !== null && (entry.command.includes(text) || entry.variables.some((one) => one.includes(text))),
  ) as readonly RunningProcess[];
}

export async function isAlive(pid: number): Promise<boolean> {
  return (await runningProcess(pid)) !== null;
}

/** Null when it is gone or a zombie, which has neither. */
async function runningProcess(pid: number): Promise<RunningProcess | null> {
  const read = (name: string) => readFile(`/proc/${pid}/${name}`, 'utf8').catch(() => '');
  const [command, variables] = await Promise.all([read('cmdline'), read('environ')]);
  if (command === '') return null;
  return { pid, command: command.replaceAll('\0', ' ').trim(), variables: variables.split('\0') };
}
