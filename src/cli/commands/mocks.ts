import { resetMocks, undoMocks } from '../../app/mocks/begin-anew.ts';
import { connectMocks, known, type RunningMocks } from '../../app/mocks/connect.ts';
import { failNext } from '../../app/mocks/fail.ts';
import { ExitCode, UserError } from '../../core/errors.ts';
import {
  type EventDelivery,
  FAULTS,
  type LoggedCall,
  type MocksState,
  type Mode,
  type WholeCall,
} from '../../core/mocks.ts';
import { bodyText, saidText } from '../../display/body.ts';
import {
  attemptText,
  budgetText,
  deliveriesText,
  deliveryText,
  faultText,
  marksOf,
  moneyTexts,
} from '../../display/mocks.ts';
import { table } from '../../display/words.ts';
import type { CommandContext } from '../command.ts';
import { silent } from '../display.ts';
import { commonOptions } from '../flags.ts';
import { endedBy } from '../signals.ts';
import { whileRead } from '../while-read.ts';

/** Does what was asked for; gives the exit code. */
type Act = (context: CommandContext, mocks: RunningMocks) => Promise<number>;

const ACTS: Readonly<Record<string, Act>> = {
  async ls({ options, terminal }, { state }) {
    terminal.print(options.json === true ? JSON.stringify(state, null, 2) : stateText(state));
    return ExitCode.ok;
  },

  async log({ options, terminal, signal: outer }, { client }) {
    const follow = options.follow === true;
    using reading = follow ? await whileRead(outer) : null;
    const signal = reading?.signal ?? outer;
    for await (const call of client.calls({ follow, signal })) {
      terminal.print(options.json === true ? JSON.stringify(call) : callText(call));
    }
    return signal.aborted ? endedBy(signal) : ExitCode.ok;
  },

  async show({ args, options, terminal }, { client }) {
    const id = callId('show', args);
    const whole = known(await client.whole(id), id);
    terminal.print(options.json === true ? JSON.stringify(whole, null, 2) : wholeText(whole));
    return ExitCode.ok;
  },

  async replay({ args, options, terminal }, { client }) {
    const id = callId('replay', args);
    known(await client.replay(id), id, 'too little of it to send it again');
    const words = `Call ${id} was sent again; devenv mocks log shows what came of it.`;
    terminal.print(options.json === true ? JSON.stringify({ replayed: id }) : words);
    return ExitCode.ok;
  },

  async events({ options, terminal }, { client }) {
    const deliveries = await client.deliveries({ last: ALL });
    for (const delivery of deliveries) {
      terminal.print(options.json === true ? JSON.stringify(delivery) : eventText(delivery));
    }
    if (deliveries.length === 0 && options.json !== true) {
      terminal.print('No event was sent: mocks.payments.webhook, or a webhook endpoint of the API, says to whom.');
    }
    return ExitCode.ok;
  },

  async resend({ args, options, terminal }, { client }) {
    const events = args.slice(1);
    if (events.length === 0) throw notSaid('which event is to be sent again?', 'devenv mocks resend EVENT');
    for (const event of events) {
      if ((await client.resend(event)) === null) throw unknownEvent(event);
      const words = `${event} is sent again; devenv mocks events shows the reply.`;
      terminal.print(options.json === true ? JSON.stringify({ resent: event }) : words);
    }
    return ExitCode.ok;
  },

  async fail({ args, options, terminal }, { client }) {
    const kind = FAULTS.find((one) => one === options.with) ?? (options.with === 'none' ? 'none' : '500');
    const { faults } = await failNext(client, { provider: args[1], kind, times: timesOf(options.times) });
    const words = faults.length === 0 ? 'No call is to fail.' : faults.map(faultText).join('\n');
    terminal.print(options.json === true ? JSON.stringify({ faults }) : words);
    return ExitCode.ok;
  },
};

export async function run(context: CommandContext): Promise<number> {
  const [action = 'ls'] = context.args;
  const common = commonOptions(context, silent);
  if (action === 'reset' || action === 'undo') {
    const { done, words } = ANEW[action];
    await done(common);
    context.terminal.print(context.options.json === true ? JSON.stringify({ done: action }) : words);
    return ExitCode.ok;
  }
  const act = ACTS[action];
  if (!act) throw new Error(`${action} is offered and not done`);
  return act(context, await connectMocks(common));
}

const ANEW = {
  reset: { done: resetMocks, words: 'The mocks begin anew; devenv mocks undo takes that back.' },
  undo: { done: undoMocks, words: 'The mocks know again what they knew before; devenv mocks undo takes that back.' },
};

const MODES: Readonly<Record<Mode, (provider: string) => string>> = {
  mock: () => 'mocked',
  record: (provider) => `record: passed on, and kept in mocks/recordings/${provider}`,
  replay: (provider) => `replay: answered from mocks/recordings/${provider}`,
  sandbox: () => 'sandbox: passed on to its test mode',
};

/** All that the mocks keep. */
const ALL = 100_000;

function stateText(state: MocksState): string {
  const { clock, listening, totals, faults, modes, budget } = state;
  const { calls, unsupported, tokens } = totals;
  const webhooks = deliveriesText(state);
  return table([
    ['address', listening.join(', ')],
    ['clock', clock],
    ...Object.entries(modes).map(([provider, mode]) => [provider, MODES[mode](provider)]),
    ['calls', unsupported === 0 ? String(calls) : `${calls}, of which ${unsupported} are not mocked`],
    ['tokens not spent', `${tokens.input} asked, ${tokens.output} answered`],
    ['money not moved', moneyTexts(totals)],
    ...(budget ? [['budget', budgetText(budget)]] : []),
    ...(webhooks === '' ? [] : [['webhooks', webhooks]]),
    ...faults.map((fault) => ['to fail', faultText(fault)]),
  ]);
}

/** What was told to whom, and the last reply of the app. */
function eventText(delivery: EventDelivery): string {
  const last = delivery.attempts.at(-1);
  const [line = ''] = (last?.reply ?? '').trim().split('\n');
  const reply = last ? `, ${attemptText(last)}${line === '' ? '' : `: ${line.slice(0, 80)}`}` : '';
  return `${delivery.event}  ${delivery.type}  ${delivery.url}  ${deliveryText(delivery)}${reply}`;
}

/** One line: what scripts and eyes look for first. */
function callText(call: LoggedCall): string {
  const { id, at, provider, method, path, status, ms, summary } = call;
  const words = [summary, ...marksOf(call)].join(', ');
  return `${String(id).padStart(4)}  ${at.slice(11, 23)}  ${provider.padEnd(9)}  ${status}  ${String(ms).padStart(5)} ms  ${method} ${path}  ${words}`;
}

function wholeText(whole: WholeCall): string {
  const said = saidText(whole.answer);
  return [
    callText(whole),
    ...['', 'request', bodyText(whole.request)],
    ...['', 'answer', bodyText(whole.answer)],
    ...(said === '' ? [] : ['', 'in words', said]),
  ].join('\n');
}

function callId(action: string, [, given, ...more]: readonly string[]): number {
  if (given !== undefined && /^\d{1,15}$/.test(given) && more.length === 0) return Number(given);
  const message =
    given === undefined ? `which call is to ${action}?` : `"${[given, ...more].join(' ')}" is no number of a call`;
  throw notSaid(message, `devenv mocks ${action} NUMBER, as devenv mocks log has it.`);
}

function timesOf(given: CommandContext['options'][string]): number {
  if (given === undefined) return 1;
  if (typeof given === 'string' && /^[1-9]\d?$/.test(given)) return Number(given);
  throw notSaid(`"${given}" is no number from 1 to 99`, 'devenv mocks fail --times 3');
}

function unknownEvent(event: string): UserError {
  return new UserError(`no endpoint was told of an event ${event}`, {
    hints: ['devenv mocks events lists what was told to whom.'],
  });
}

function notSaid(message: string, hint: string): UserError {
  return new UserError(message, { code: 'usage', hints: [hint] });
}
