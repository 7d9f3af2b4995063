import type { Fields } from '../../fields.ts';
import { limitsOf } from '../../models/limits.ts';
import type { Prompt } from '../../prompt.ts';
import { badRequest, type Refusal } from '../../refusal.ts';

/** The most tokens that the answer may have, by either of its names; null where neither is said. */
export function answerLimit(body: Fields, model: string): number | null {
  const { output } = limitsOf('openai', model);
  const limit = (name: string): number | null => {
    const value = body.integer(name, 1);
    if (value === null || value <= output) return value;
    throw badRequest(
      `${name} is too large: ${value}. This model supports at most ${output} completion tokens, whereas you provided ${value}.`,
      name,
      'invalid_value',
    );
  };
  const [newer, older] = [limit('max_completion_tokens'), limit('max_tokens')];
  return newer ?? older;
}

/** Throws where the prompt is longer than the model takes. `input` is its tokens. */
export function checkLength({ model, limit }: Prompt, input: number): void {
  const { context, input: most } = limitsOf('openai', model);
  if (input > most && most < context) {
    throw tooLong(
      `Input tokens exceed the configured limit of ${most} tokens. Your messages resulted in ${input} tokens. Please reduce the length of the messages.`,
    );
  }
  const length = `This model's maximum context length is ${context} tokens. However,`;
  if (input > context) {
    throw tooLong(`${length} your messages resulted in ${input} tokens. Please reduce the length of the messages.`);
  }
  const wanted = input + (limit ?? 0);
  if (wanted <= context) return;
  throw tooLong(
    `${length} you requested ${wanted} tokens (${input} in the messages, ${limit} in the completion). ` +
      'Please reduce the length of the messages or completion.',
  );
}

function tooLong(message: string): Refusal {
  return badRequest(message, 'messages', 'context_length_exceeded');
}
