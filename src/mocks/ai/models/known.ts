import type { AiProvider } from '../rules.ts';

/** What is listed when the configuration names no models: those that apps usually ask for, the newest of Anthropic's first. */
export const USUAL: Readonly<Record<AiProvider, readonly string[]>> = {
  openai: `gpt-4o gpt-4o-mini gpt-4.1 gpt-4.1-mini gpt-4.1-nano gpt-5 gpt-5-mini gpt-5-nano gpt-5.1 gpt-4 gpt-4-turbo
    gpt-3.5-turbo o1 o3 o3-mini o4-mini chatgpt-4o-latest text-embedding-3-small text-embedding-3-large
    text-embedding-ada-002 omni-moderation-latest`.split(/\s+/),
  anthropic: `claude-opus-4-6 claude-opus-4-5 claude-haiku-4-5 claude-sonnet-4-5 claude-opus-4-1
    claude-3-5-haiku-latest`.split(/\s+/),
};

/** What comes behind the name of a generation to which no model will be added. */
const VARIANT =
  '(?:-(?:mini|nano|pro|turbo|preview|latest|instruct|vision|audio|realtime|search|transcribe|diarize|tts|deep|research|16k|32k|\\d{4}))*';

/**
 * The families of models that the providers have. Of the generations that are complete only their own models; of the
 * others any, as there will be newer ones. A date at the end is taken off beforehand.
 */
const FAMILIES: Readonly<Record<AiProvider, readonly RegExp[]>> = {
  openai: [
    new RegExp(`^gpt-(?:3\\.5|4|4o|4\\.1|4\\.5)${VARIANT}$`),
    new RegExp(`^o[1-4]${VARIANT}$`),
    /^gpt-(?:[5-9]|\d\d)(?:[.-].+)?$/,
    /^o[5-9](?:-.+)?$/,
    /^chatgpt-.+$/,
    /^codex-.+$/,
    /^ft:(?:gpt|o\d|babbage|davinci)\b.*$/,
    /^text-embedding-(?:3-(?:small|large)|ada-002)$/,
    /^(?:omni|text)-moderation(?:-stable)?$/,
  ],
  anthropic: [
    /^claude-(?:haiku|sonnet|opus|fable|mythos)-\d+(?:-\d{1,2})?$/,
    /^claude-3(?:-[57])?-(?:haiku|sonnet|opus)$/,
    /^claude-(?:2\.[01]|instant-1\.2)$/,
  ],
};

export function isKnown(provider: AiProvider, model: string): boolean {
  return FAMILIES[provider].some((family) => family.test(undated(model)));
}

/** A version's name without its date: `gpt-4o-2024-08-06`, `claude-opus-4-5-20251101`. */
export function undated(model: string): string {
  return model.replace(/-(?:\d{4}-\d\d-\d\d|\d{8}|latest)$/, '');
}

/** What a model of OpenAI does; null where its name doesn't tell. */
export function kindOf(model: string): 'chat' | 'embedding' | 'moderation' | null {
  if (model.startsWith('text-embedding-')) return 'embedding';
  if (/-moderation\b/.test(model)) return 'moderation';
  return isKnown('openai', model) ? 'chat' : null;
}
