import type * as z from 'zod';
import type { KeySource } from '../core/stack.ts';
import { durationMs } from '../lib/duration.ts';
import type { AiConfig, MocksConfig, PaymentsConfig, RuleAnswer, RuleConfig, RuleFault } from './config.ts';
import type { RuleInput } from './mocks-rules.ts';
import { type mocksSchema, WEBHOOK } from './mocks-schema.ts';
import type { KeySourceInput } from './relay-schema.ts';

type Mocks = z.output<typeof mocksSchema>;

/** Null where nothing is mocked. */
export function toMocks(mocks: Mocks | undefined): MocksConfig | null {
  if (!mocks?.ai && !mocks?.payments) return null;
  const { seed, now, ai, payments, keys = {} } = mocks;
  const { openai = 'mock', anthropic = 'mock' } = ai ?? {};
  return {
    seed: String(seed),
    startMs: now === undefined ? null : Date.parse(now),
    ai: ai ? toAi(ai) : null,
    payments: payments ? toPayments(payments) : null,
    modes: { openai, anthropic, stripe: payments?.stripe ?? 'mock' },
    keys: { openai: toSource(keys.openai), anthropic: toSource(keys.anthropic), stripe: toSource(keys.stripe) },
  };
}

function toAi({ latency, budget, models, rules }: NonNullable<Mocks['ai']>): AiConfig {
  const { ttft, tokensPerSecond } = latency;
  return {
    latency: { ttftMs: durationMs(ttft) ?? 0, tokensPerSecond: tokensPerSecond ?? null },
    budget: budget ?? null,
    models: models ?? null,
    rules: rules.map(toRule),
  };
}

function toPayments({ webhook, dunning, byName }: NonNullable<Mocks['payments']>): PaymentsConfig {
  return { webhook: toWebhook(webhook), dunningEnd: dunning.end, byName };
}

/** The schema has seen that one of them is there. */
function toSource(source: KeySourceInput | undefined): KeySource | null {
  if (!source) return null;
  const { command, file, variable } = source;
  if (command !== undefined) return { from: 'command', argv: command };
  return file === undefined ? { from: 'variable', name: variable as string } : { from: 'file', path: file };
}

function toWebhook(webhook: string | undefined): PaymentsConfig['webhook'] {
  const [, to, path] = WEBHOOK.exec(webhook ?? '') ?? [];
  return to === undefined || path === undefined ? null : { to, path };
}

/** Without a word about it, a slow answer is late by this much. */
const SLOW_MS = 5_000;

export function toRule({ name, match, rate, ...answer }: RuleInput): RuleConfig {
  return {
    ...(name === undefined ? {} : { name }),
    ...(match === undefined ? {} : { match: match as NonNullable<RuleConfig['match']> }),
    ...(rate === undefined ? {} : { rate }),
    answer: toAnswer(answer),
  };
}

/** The schema has seen that it is one of them. */
function toAnswer({ text, json, tool, fault, after }: Omit<RuleInput, 'name' | 'match' | 'rate'>): RuleAnswer {
  if (text !== undefined) return { kind: 'text', text };
  if (tool !== undefined) return { kind: 'tool', name: tool.name, arguments: tool.arguments ?? {} };
  if (fault === undefined) return { kind: 'json', json };
  return { kind: 'fault', fault: toFault(fault, after === undefined ? null : durationMs(after)) };
}

function toFault(kind: NonNullable<RuleInput['fault']>, afterMs: number | null): RuleFault {
  if (kind === 'slow') return { kind, ms: afterMs ?? SLOW_MS };
  if (kind !== 'rate-limit') return { kind };
  return { kind, ...(afterMs === null ? {} : { retryAfterS: Math.ceil(afterMs / 1_000) }) };
}
