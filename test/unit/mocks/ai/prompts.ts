import type { Prompt, Turn } from '../../../../src/mocks/ai/prompt.ts';

export function promptOf(turns: readonly (Turn | string)[], changed: Partial<Prompt> = {}): Prompt {
  return {
    model: 'gpt-4o',
    turns: turns.map((turn) => (typeof turn === 'string' ? { role: 'user', text: turn, images: [] } : turn)),
    tools: [],
    choice: { kind: 'auto' },
    parallel: true,
    format: { kind: 'text' },
    limit: null,
    stops: [],
    seed: null,
    ...changed,
  };
}
