import { readJson } from '../../../lib/files.ts';
import { isSameProcess } from '../../../lib/process-identity.ts';
import { worksIn } from './works-in.ts';

/** `pid.json`: the last start of a server. The file stays when the server is gone: it tells that it has run. */
export interface ProcessRecord {
  readonly pid: number;
  /** Start of the process, as process-identity.ts gives it. */
  readonly start: string;
  readonly run: string;
  readonly port: number;
  readonly stopSignal: 'SIGINT' | 'SIGTERM';
  /** Size of the log when it was started: what comes after is its own. */
  readonly logOffset: number;
  /** It was asked to stop. */
  readonly stopped: boolean;
}

/** The record of a server that runs: the same process still, and one that works in this data folder. */
export async function runningServer(processFile: string, data: string): Promise<ProcessRecord | null> {
  const record = await readJson<ProcessRecord>(processFile);
  return record && (await isServer(record, data)) ? record : null;
}

export async function isServer(record: ProcessRecord, data: string): Promise<boolean> {
  return (await isSameProcess(record.pid, record.start)) && (await worksIn(record.pid, data));
}
