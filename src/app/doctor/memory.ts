import { freemem, totalmem } from 'node:os';
import { type Check, type Found, ok } from './finding.ts';

const MB = 1_000_000;
const TIGHT = 1_000 * MB;
const TOO_LITTLE = 250 * MB;
const ENGINE_TIGHT = 2_000 * MB;

export const memory: Check = {
  name: 'memory',
  async run({ engine }) {
    const { answer } = await engine();
    // Node 20.13: what can be had without swapping, on every system.
    const { availableMemory } = process as { availableMemory?: () => number };
    const availableBytes = availableMemory?.() ?? freemem();
    return judgeMemory({ availableBytes, totalBytes: totalmem(), engineBytes: answer?.memoryBytes ?? null });
  },
};

export interface MemoryFacts {
  readonly availableBytes: number;
  readonly totalBytes: number;
  /** All that the engine has: less than this machine's where it runs in a virtual one. */
  readonly engineBytes: number | null;
}

export function judgeMemory({ availableBytes, totalBytes, engineBytes }: MemoryFacts): readonly Found[] {
  const text = `${mega(availableBytes)} of ${mega(totalBytes)} can be had`;
  const engine = engineBytes !== null && engineBytes < ENGINE_TIGHT ? [smallEngine(engineBytes)] : [];
  if (availableBytes >= TIGHT) return [ok(text), ...engine];
  const status = availableBytes < TOO_LITTLE ? 'problem' : 'warning';
  const mend = 'Stop what is not needed: devenv ls --sizes shows what environments take, devenv down ID stops one.';
  return [{ status, what: `only ${text}`, why: 'the system ends programs when it runs out', mend }, ...engine];
}

function smallEngine(bytes: number): Found {
  return {
    status: 'warning',
    what: `the engine has ${mega(bytes)} for all containers`,
    mend: 'Give its virtual machine more memory.',
  };
}

function mega(bytes: number): string {
  return `${Math.round(bytes / MB)} MB`;
}
