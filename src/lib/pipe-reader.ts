import { lstat, readdir, readlink } from 'node:fs/promises';

/**
 * Whether everybody who read the pipe behind one of our descriptors has ended: without writing to it nothing else tells.
 * Who can't be seen, as with another user's process or on another system than Linux, never counts as ended. The first
 * call should come before the first line is written, while the reader is surely there.
 */
export function pipeReader(fd: number): { hasEnded(): Promise<boolean> } {
  let known: readonly string[] | null = null;
  return {
    async hasEnded() {
      const pipe = await readlink(`/proc/self/fd/${fd}`).catch(() => '');
      if (!pipe.startsWith('pipe:')) return false;
      known ??= await endsOf(pipe);
      if (known.length === 0) return false;
      const reads = await Promise.all(known.map((end) => isReadEnd(end, pipe)));
      if (reads.includes(true)) return false;
      // It may have handed the pipe to another.
      const found = await endsOf(pipe);
      if (found.length === 0) return true;
      known = found;
      return false;
    },
  };
}

async function endsOf(pipe: string): Promise<readonly string[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid);
  const ends = await Promise.all(
    pids.map(async (pid) => {
      const all = (await readdir(`/proc/${pid}/fd`).catch(() => [])).map((fd) => `/proc/${pid}/fd/${fd}`);
      const reads = await Promise.all(all.map((end) => isReadEnd(end, pipe)));
      return all.filter((_, index) => reads[index]);
    }),
  );
  return ends.flat();
}

/** proc_pid_fd(5): the permissions of the link are those that the file was opened with. */
async function isReadEnd(end: string, pipe: string): Promise<boolean> {
  if ((await readlink(end).catch(() => '')) !== pipe) return false;
  return lstat(end).then(
    ({ mode }) => (mode & 0o400) !== 0,
    () => false,
  );
}
