import type { Engine } from './engine.ts';
import { image } from './image.ts';
import { postgres } from './postgres/index.ts';
import { redis } from './redis.ts';

/** Every engine that a configuration may name. */
export const engines = { postgres, redis } as const satisfies Record<string, Engine>;

/** The engine of a service in a stack; a service without one is a plain image. */
export function engineOf(name: string): Engine {
  return (engines as Record<string, Engine>)[name] ?? image;
}
