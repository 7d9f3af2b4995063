import { createInterface } from 'node:readline';
import { PassThrough, type Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type Dockerode from 'dockerode';
import type { LogLine, LogOptions } from '../../core/runtime.ts';

/** While there is nothing to follow. */
const POLL_MS = 500;

/** The lines of a service, oldest first; with `follow` on through restarts, and through other containers in its place. */
export async function* serviceLogs(
  find: () => Promise<Dockerode.Container | null>,
  options: LogOptions,
  signal: AbortSignal,
): AsyncIterable<LogLine> {
  let last = '';
  let wanted = options;
  while (!signal.aborted) {
    const container = await find();
    if (container && (last === '' || (await isRunning(container)))) {
      for await (const { stamp, ...line } of containerLogs(container, wanted, signal)) {
        // What is asked for from a moment on holds that moment again.
        if (stamp !== '' && stamp <= last) continue;
        if (stamp !== '') last = stamp;
        yield line;
      }
    }
    if (!options.follow || signal.aborted) return;
    if (last !== '') wanted = { follow: true, since: last };
    await sleep(POLL_MS, undefined, { signal }).catch(() => {});
  }
}

async function isRunning(container: Dockerode.Container): Promise<boolean> {
  return container.inspect().then(
    ({ State }) => State.Running,
    () => false,
  );
}

/** `stamp` is the engine's own time, to the nanosecond; empty where it tells none. */
interface StampedLine extends LogLine {
  readonly stamp: string;
}

/** The lines of a container. The two streams are merged in the order in which they arrive. */
async function* containerLogs(
  container: Dockerode.Container,
  options: LogOptions,
  signal: AbortSignal,
): AsyncIterable<StampedLine> {
  const merged = new PassThrough();
  let open = 2;
  const ended = (): void => {
    open -= 1;
    if (open === 0) merged.end();
  };
  const out = tagged('o', merged, ended);
  const err = tagged('e', merged, ended);
  const raw = await rawStream(container, options, signal);
  // A last line may have no end.
  const end = (): void => {
    out.end();
    err.end();
  };
  raw.on('end', end).on('close', end).on('error', end);
  container.modem.demuxStream(raw, out, err);
  for await (const line of createInterface({ input: merged, crlfDelay: Number.POSITIVE_INFINITY })) {
    yield parse(line);
  }
}

/** Podman answers with the first line: what ends the wait for that ends the stream too. */
async function rawStream(container: Dockerode.Container, options: LogOptions, signal: AbortSignal): Promise<Readable> {
  const common = {
    abortSignal: signal,
    stdout: true,
    stderr: true,
    timestamps: true,
    ...(options.since ? { since: seconds(options.since) } : {}),
    ...(options.tail === undefined ? {} : { tail: options.tail }),
  };
  if (options.follow) return (await container.logs({ ...common, follow: true })) as unknown as Readable;
  const all = await container.logs({ ...common, follow: false });
  const stream = new PassThrough();
  // In the next turn: the listeners have to be there first.
  setImmediate(() => stream.end(all));
  return stream;
}

/** Cuts one stream into lines and marks them, so that both can share one pipe without mixing inside a line. */
function tagged(mark: 'o' | 'e', into: PassThrough, ended: () => void): PassThrough {
  const stream = new PassThrough();
  createInterface({ input: stream })
    .on('line', (line) => into.write(`${mark}${line}\n`))
    .on('close', ended);
  return stream;
}

function parse(line: string): StampedLine {
  const stream = line.startsWith('e') ? 'err' : 'out';
  const space = line.indexOf(' ');
  const stamp = line.slice(1, space);
  if (space < 0 || Number.isNaN(Date.parse(stamp))) return { stream, time: null, stamp: '', line: line.slice(1) };
  return { stream, time: new Date(stamp).toISOString(), stamp, line: line.slice(space + 1) };
}

/** Unix time with the fraction as it was written: a number can't hold nanoseconds. */
function seconds(stamp: string): string {
  const fraction = /\.(\d+)/.exec(stamp)?.[1] ?? '0';
  return `${Math.floor(Date.parse(stamp) / 1000)}.${fraction}`;
}
