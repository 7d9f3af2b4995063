import type { AiProvider } from '../rules.ts';
import { wildcard } from '../wildcard.ts';
import { isKnown, USUAL, undated } from './known.ts';

/** The models of the configuration, in which `*` stands for any characters; null: those that the providers have. */
type Allowed = readonly string[] | null;

/** Whether a model may be called: a name takes its dated versions in. Neither provider has the other's, whatever is allowed. */
export function isAllowed(provider: AiProvider, allowed: Allowed, model: string): boolean {
  if (providerOf(model) !== provider) return false;
  if (allowed === null) return isKnown(provider, model);
  return allowed.map(wildcard).some((name) => name.test(model) || name.test(undated(model)));
}

/** Those that are told when all are asked for: of names with a `*` the usual ones that fit. */
export function listed(provider: AiProvider, allowed: Allowed): readonly string[] {
  if (allowed === null) return USUAL[provider];
  const names = allowed.flatMap((name) => {
    return name.includes('*') ? USUAL[provider].filter((one) => wildcard(name).test(one)) : [name];
  });
  return [...new Set(names)].filter((name) => providerOf(name) === provider);
}

function providerOf(model: string): AiProvider {
  return model.startsWith('claude') ? 'anthropic' : 'openai';
}
