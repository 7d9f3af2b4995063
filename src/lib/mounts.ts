import { readFile } from 'node:fs/promises';

/** Where the file system that holds a path is mounted; null where the system doesn't tell. */
export async function mountPoint(path: string): Promise<string | null> {
  const points = await mountPoints();
  const holding = points?.filter((point) => path === point || path.startsWith(point === '/' ? '/' : `${point}/`)) ?? [];
  return holding.reduce<string | null>((best, point) => (point.length >= (best?.length ?? 0) ? point : best), null);
}

/** proc_pid_mountinfo(5): the fifth field, with spaces and the like as octal numbers. */
export async function mountPoints(): Promise<readonly string[] | null> {
  const table = await readFile('/proc/self/mountinfo', 'utf8').catch(() => null);
  if (table === null) return null;
  const fields = table.split('\n').map((line) => line.split(' ')[4] ?? '');
  return fields
    .filter((field) => field !== '')
    .map((field) => field.replace(/\\(\d{3})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 8))));
}
