import type * as z from 'zod';
import { durationMs } from '../lib/duration.ts';
import type { AiConfig, MocksConfig, PaymentsConfig } from './config.ts';
import { type mocksSchema, WEBHOOK } from './mocks-schema.ts';

type Mocks = z.output<typeof mocksSchema>;

/** Null where nothing is mocked. */
export function toMocks(mocks: Mocks | undefined): MocksConfig | null {
  if (!mocks?.ai && !mocks?.payments) return null;
  const { seed, now, ai, payments } = mocks;
  return {
    seed: String(seed),
    startMs: now === undefined ? null : Date.parse(now),
    ai: ai ? toAi(ai) : null,
    payments: payments ? { webhook: toWebhook(payments.webhook) } : null,
  };
}

function toAi({ latency, budget, models }: NonNullable<Mocks['ai']>): AiConfig {
  const { ttft, tokensPerSecond } = latency;
  return {
    latency: { ttftMs: durationMs(ttft) ?? 0, tokensPerSecond: tokensPerSecond ?? null },
    budget: budget ?? null,
    models: models ?? null,
  };
}

function toWebhook(webhook: string | undefined): PaymentsConfig['webhook'] {
  const [, to, path] = WEBHOOK.exec(webhook ?? '') ?? [];
  return to === undefined || path === undefined ? null : { to, path };
}
