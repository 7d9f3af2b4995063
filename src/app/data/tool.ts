import { UserError } from '../../core/errors.ts';
import type { Piping } from '../../core/runtime.ts';
import { clientOf } from '../client.ts';
import type { Proven } from './on-own-server.ts';

export type ToolStreams = Pick<Piping, 'input' | 'output' | 'signal'>;

/** Runs a program of Postgres beside the server, of the server's own major; one that fails is an error. */
export async function runTool({ service, opened }: Proven, argv: readonly string[], streams: ToolStreams) {
  const { runtime, stack } = opened;
  const env = { ...clientOf(service, runtime)?.env, PGAPPNAME: `devenv ${argv[0]}` };
  const { code, said } = await runtime.pipe(stack.environment.id, service, argv, { ...streams, env });
  streams.signal.throwIfAborted();
  if (code === 0) return;
  // What the engine says of a program that the image lacks comes with these (as a shell counts them).
  if (code === 126 || code === 127) {
    throw new UserError(`${service.name} has no program ${argv[0]}`, {
      code: 'noRuntime',
      hints: [`Name an image that has it: services.${service.name}.image.`],
    });
  }
  throw new UserError([`${argv[0]} ended with ${code}`, ...said.split('\n').slice(-10)].join('\n  '));
}

export async function drain(chunks: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const _ of chunks);
}
