import type { Question } from '../../../core/events.ts';
import type { UiContext } from '../../context.ts';
import type { Deed } from '../../keys/deed.ts';
import { selectedCall } from './calls.ts';

/** What can be done with calls, each by the verb that does the same. */

const NO_CALL = { refused: 'No call is selected: there has been none yet.' };

export function replay(context: UiContext): Deed {
  const call = selectedCall(context);
  return call ? { argv: ['mocks', 'replay', String(call.id)] } : NO_CALL;
}

/** All events of the call, to all who were told. */
export function resend(context: UiContext): Deed {
  const call = selectedCall(context);
  if (!call) return NO_CALL;
  const told = call.events?.filter((id) => context.model.mocks?.deliveries.some(({ event }) => event === id)) ?? [];
  if (told.length > 0) return { argv: ['mocks', 'resend', ...told] };
  return {
    refused: call.events ? 'Nobody was told of its events.' : 'This call caused no events: select one that did.',
  };
}

/** By the key of the answer. */
const FAULTS = { '4': '429', '5': '500', c: 'cut', s: 'slow' } as const;
const LABELS = { '4': '429', '5': '500', c: 'cut off', s: '5 s late' } as const;

/** The next call of the provider that the selected one went to; where there was none, whichever comes. */
export function failNext(context: UiContext): Deed {
  const { mocks } = context.model;
  if (!mocks?.state) return { refused: 'The mocks are not running.' };
  const provider = selectedCall(context)?.provider;
  const argv = ['mocks', 'fail', ...(provider ? [provider] : [])];
  const runs = Object.fromEntries(Object.entries(FAULTS).map(([key, fault]) => [key, [...argv, '--with', fault]]));
  const waits = mocks.state.faults.length > 0;
  return {
    runs: { ...runs, ...(waits ? { t: ['mocks', 'fail', '--with', 'none'] } : {}) },
    question: aboutFault(provider ? ` of ${provider}` : '', waits),
  };
}

function aboutFault(of: string, waits: boolean): Question {
  return {
    id: 'fail-next',
    text: `What is to happen to the next call${of}?`,
    choices: [
      ...Object.entries(LABELS).map(([key, label]) => ({ key, label })),
      ...(waits ? [{ key: 't', label: 'take back what waits' }] : []),
      { key: 'n', label: 'cancel' },
    ],
    fallback: 'n',
  };
}
