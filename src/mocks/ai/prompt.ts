/** What a model is asked, in words of neither provider. */
export interface Prompt {
  readonly model: string;
  readonly turns: readonly Turn[];
  readonly tools: readonly Tool[];
  readonly choice: ToolChoice;
  /** Whether more than one tool may be called at once. */
  readonly parallel: boolean;
  readonly format: Format;
  /** Most tokens of the answer. */
  readonly limit: number | null;
  readonly stops: readonly string[];
  readonly seed: number | null;
}

export type Turn =
  | { readonly role: 'system'; readonly text: string }
  | { readonly role: 'user'; readonly text: string; readonly images: readonly Picture[] }
  | { readonly role: 'assistant'; readonly text: string; readonly calls: readonly ToolCall[] }
  | { readonly role: 'tool'; readonly callId: string; readonly text: string };

export interface Picture {
  /** A URL, `data:` or not. */
  readonly url: string;
  /** OpenAI's: how closely the model looks. */
  readonly detail: 'low' | 'high';
}

export interface Tool {
  readonly name: string;
  readonly description: string;
  /** Of its arguments, or of the text that it takes. */
  readonly schema: unknown;
  /** A text, not JSON. */
  readonly takesText?: true;
}

export interface ToolCall {
  readonly id: string;
  readonly name: string;
  /** JSON, or what a tool takes that takes text. */
  readonly input: string;
}

export type ToolChoice =
  /** `only` names those that may be called; without it all may. */
  | { readonly kind: 'auto' | 'none' | 'required'; readonly only?: readonly string[] }
  | { readonly kind: 'named'; readonly name: string };

export type Format =
  | { readonly kind: 'text' | 'json' }
  | { readonly kind: 'schema'; readonly name: string; readonly schema: unknown };

/** What the model says to it: text, calls of tools, or both. */
export interface Reply {
  readonly text: string;
  readonly calls: readonly { readonly name: string; readonly input: string }[];
}

/** The tools that may be called. */
export function callable({ tools, choice }: Prompt): readonly Tool[] {
  const only = choice.kind === 'named' ? undefined : choice.only;
  return only ? tools.filter(({ name }) => only.includes(name)) : tools;
}

type UserTurn = Extract<Turn, { role: 'user' }>;

/** What was said last by the person who asks. */
export function lastAsked({ turns }: Prompt): UserTurn | null {
  return turns.findLast((turn): turn is UserTurn => turn.role === 'user') ?? null;
}

/** What was said beforehand of how to answer. */
export function rulesOf({ turns }: Prompt): string {
  return turns.flatMap(({ role, text }) => (role === 'system' ? [text] : [])).join('\n');
}

/** All that is said in the conversation up to here, in order: it decides what is drawn for the answer. */
export function whole({ turns }: Prompt): string {
  return turns.map(({ role, text }) => `${role}: ${text}`).join('\n');
}
