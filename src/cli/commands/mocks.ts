import { connectMocks, known, type RunningMocks } from '../../app/mocks/connect.ts';
import type { LoggedCall, MocksState, Mode, WholeCall } from '../../app/mocks/protocol.ts';
import { ExitCode, UserError } from '../../core/errors.ts';
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
    const id = callId('show', args[1]);
    const whole = known(await client.whole(id), id);
    terminal.print(options.json === true ? JSON.stringify(whole, null, 2) : wholeText(whole));
    return ExitCode.ok;
  },

  async replay({ args, terminal }, { client }) {
    const id = callId('replay', args[1]);
    known(await client.replay(id), id);
    terminal.print(`Call ${id} was sent again; devenv mocks log shows what came of it.`);
    return ExitCode.ok;
  },
};

export async function run(context: CommandContext): Promise<number> {
  const [action = 'ls'] = context.args;
  const act = ACTS[action];
  if (!act) throw new Error(`${action} is offered and not done`);
  return act(context, await connectMocks(commonOptions(context, silent)));
}

const MODES: Readonly<Record<Mode, (provider: string) => string>> = {
  mock: () => 'mocked',
  record: (provider) => `record: passed on, and kept in mocks/recordings/${provider}`,
  replay: (provider) => `replay: answered from mocks/recordings/${provider}`,
  sandbox: () => 'sandbox: passed on to its test mode',
};

function stateText({ clock, listening, totals, modes }: MocksState): string {
  const { calls, unsupported, tokens, money } = totals;
  const amounts = Object.entries(money).map(([currency, amount]) => `${amount} ${currency}`);
  const rows = [
    ['address', listening.join(', ')],
    ['clock', clock],
    ...Object.entries(modes).map(([provider, mode]) => [provider, MODES[mode](provider)]),
    ['calls', unsupported === 0 ? String(calls) : `${calls}, of which ${unsupported} are not mocked`],
    ['tokens not spent', `${tokens.input} asked, ${tokens.output} answered`],
    ['money not moved', amounts.join(', ') || 'none'],
  ];
  return table(rows);
}

/** What a mock hasn't answered by itself, and no rule of the configuration either. */
const RELAYED: ReadonlySet<string> = new Set(['recorded', 'replayed', 'passed on']);

/** One line: what scripts and eyes look for first. */
export function callText({
  id,
  at,
  provider,
  method,
  path,
  status,
  ms,
  summary,
  cut,
  rule,
  unsupported,
}: LoggedCall): string {
  const marks = [rule && (RELAYED.has(rule) ? rule : `by ${rule}`), unsupported && 'not mocked', cut && 'cut'].filter(
    Boolean,
  );
  const words = [summary, ...marks].join(', ');
  return `${String(id).padStart(4)}  ${at.slice(11, 23)}  ${provider.padEnd(9)}  ${status}  ${String(ms).padStart(5)} ms  ${method} ${path}  ${words}`;
}

function wholeText(whole: WholeCall): string {
  return [callText(whole), '', 'request', whole.request, '', 'answer', whole.answer].join('\n');
}

function callId(action: string, given: string | undefined): number {
  if (given !== undefined && /^\d{1,15}$/.test(given)) return Number(given);
  const message = given === undefined ? `which call is to ${action}?` : `"${given}" is no number of a call`;
  throw new UserError(message, {
    code: 'usage',
    hints: [`devenv mocks ${action} NUMBER, as devenv mocks log has it.`],
  });
}
