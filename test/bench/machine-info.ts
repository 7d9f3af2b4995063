import { arch, cpus, loadavg, platform, release, totalmem } from 'node:os';

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
}

export function machineInfo(versions: Pick<MachineInfo, 'engine' | 'compose'>): MachineInfo {
  return {
    date: new Date().toISOString(),
    cores: cpus().length,
    cpu: cpus()[0]?.model ?? 'unknown',
    memoryGb: Math.round(totalmem() / 1024 ** 3),
    system: `${platform()} ${release()} ${arch()}`,
    node: process.version,
    ...versions,
    load: Number((loadavg()[0] ?? 0).toFixed(2)),
  };
}

export function machineText({ cores, cpu, memoryGb, system, node, engine, compose, load }: MachineInfo): string {
  const versions = [
    `node ${node}`,
    ...(engine ? [`engine ${engine}`] : []),
    ...(compose ? [`compose ${compose}`] : []),
  ];
  return `${cores} cores (${cpu}), ${memoryGb} GB, ${system}, ${versions.join(', ')}, load ${load} before`;
}
