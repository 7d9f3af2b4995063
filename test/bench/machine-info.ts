import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { arch, cpus, loadavg, platform, release, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';

/** What the numbers hang on. */
export interface MachineInfo {
  readonly date: string;
  readonly cores: number;
  readonly cpu: string;
  readonly memoryGb: number;
  readonly system: string;
  readonly node: string;
  readonly engine: string | null;
  readonly compose: string | null;
  /** Of the last minute, before anything was measured: how busy the machine was with other things. */
  readonly load: number;
  /**
   * Milliseconds to create 1000 files of 8 kB, about what new data of Postgres has: a fresh start hangs on it, on both
   * sides. Some ms each, growing with every round, mean ext4 without a journal: it looks through the inodes that were
   * freed in the last minutes before it takes one.
   */
  readonly thousandFilesMs: number;
}

export async function machineInfo(versions: Pick<MachineInfo, 'engine' | 'compose'>): Promise<MachineInfo> {
  return {
    date: new Date().toISOString(),
    cores: cpus().length,
    cpu: cpus()[0]?.model ?? 'unknown',
    memoryGb: Math.round(totalmem() / 1024 ** 3),
    system: `${platform()} ${release()} ${arch()}`,
    node: process.version,
    ...versions,
    load: Number((loadavg()[0] ?? 0).toFixed(2)),
    thousandFilesMs: await thousandFilesMs(),
  };
}

export function machineText({ cores, cpu, memoryGb, system, node, engine, compose, ...rest }: MachineInfo): string {
  const versions = [
    `node ${node}`,
    ...(engine ? [`engine ${engine}`] : []),
    ...(compose ? [`compose ${compose}`] : []),
  ];
  const files = `1000 files created in ${rest.thousandFilesMs} ms`;
  return `${cores} cores (${cpu}), ${memoryGb} GB, ${system}, ${versions.join(', ')}, load ${rest.load} before, ${files}`;
}

async function thousandFilesMs(): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'devenv-bench-'));
  const content = Buffer.alloc(8192);
  const began = performance.now();
  for (let index = 0; index < 1000; index++) await writeFile(join(folder, String(index)), content);
  const ms = performance.now() - began;
  await rm(folder, { recursive: true });
  return Math.round(ms);
}
