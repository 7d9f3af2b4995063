import { listed, money } from './format.js';

const MODEL = 'gpt-4o-mini';

/**
 * The client of the model, loaded when it is first needed. It reads OPENAI_API_KEY and, where there is one, OPENAI_BASE_URL.
 * @returns {() => Promise<import('openai').OpenAI>}
 */
export function openModel() {
  let client;
  return () => {
    client ??= import('openai').then(({ OpenAI }) => new OpenAI({ timeout: 20_000 }));
    return client;
  };
}

const TASK =
  'You write for a small tea shop. Summarize the order for the customer in one warm sentence that names the tea.';

/** Has the model sum up an order in one sentence for whoever made it. */
export async function writeSummary(openai, order) {
  const { choices } = await openai.chat.completions.create({
    model: MODEL,
    max_completion_tokens: 100,
    messages: [
      { role: 'system', content: TASK },
      { role: 'user', content: describe(order) },
    ],
  });
  const summary = choices[0]?.message.content?.replace(/\s+/g, ' ').trim();
  if (!summary) throw new Error('the model said nothing');
  return summary;
}

/** What the model gets to know: the tea, and nothing of who bought it. */
export function describe({ items, totalCents }) {
  const teas = items.map(
    ({ name, origin, notes, quantity }) =>
      `${quantity} ${quantity === 1 ? 'tin' : 'tins'} of ${name} from ${origin}, which tastes of ${listed(notes)}`,
  );
  return `You ordered ${teas.join('; and ')}. It comes to ${money(totalCents)}.`;
}
