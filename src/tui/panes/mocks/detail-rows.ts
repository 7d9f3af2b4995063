import type { EventDelivery, LoggedCall, MocksSeen, WholeCall } from '../../../core/mocks.ts';
import { bodyText, saidText } from '../../../display/body.ts';
import { attemptText, deliveryText, marksOf } from '../../../display/mocks.ts';
import { moneyText } from '../../../display/money.ts';
import { type Color, type Row, row } from '../../row.ts';
import { wrapRow } from '../../wrap-row.ts';
import { symbolOf } from './call-row.ts';
import { clockTime, deliveriesOf, oneLine } from './calls.ts';

/** All there is to know of a call: what went in and out, and what the app was told because of it. */
export function detailRows(
  call: LoggedCall,
  seen: MocksSeen,
  { width, unicode }: { readonly width: number; readonly unicode: boolean },
): readonly Row[] {
  const whole = seen.whole?.id === call.id ? seen.whole : null;
  const rows = [
    ...aboutRows(call, unicode),
    ...webhookRows(call, deliveriesOf(call, seen), unicode),
    ...(whole ? bodiesRows(whole) : [UNREAD]),
  ];
  return rows.flatMap((line) => wrapRow(line, width));
}

const UNREAD = row({ text: 'reading it...', dim: true });

function aboutRows(call: LoggedCall, unicode: boolean): readonly Row[] {
  const { provider, method, path, status, ms, at, tokens, money } = call;
  const [symbol, color] = symbolOf(call, unicode);
  const spent = [
    ...(tokens ? [`${tokens.input.toLocaleString('en')} tokens in, ${tokens.output.toLocaleString('en')} out`] : []),
    ...(money ? [moneyText(money.amount, money.currency)] : []),
  ];
  const marks = marksOf(call).map((mark) => `  ${mark}`);
  return [
    row({ text: `${method} ${oneLine(path, unicode)}`, bold: true }),
    row({ text: `${symbol} ${status}`, color }, ` in ${ms} ms  `, { text: `${provider}  ${clockTime(at)}`, dim: true }),
    row(oneLine(call.summary, unicode), { text: marks.join(''), color: 'yellow' }),
    ...(spent.length > 0 ? [row(spent.join(', '), { text: ', none of it real', dim: true })] : []),
  ];
}

const HOW = 'mocks: { payments: { webhook: web/PATH } } tells a process of them';

function webhookRows({ events }: LoggedCall, deliveries: readonly EventDelivery[], unicode: boolean): readonly Row[] {
  if (!events) return [];
  const untold = events.filter((id) => !deliveries.some(({ event }) => event === id));
  return [
    title('webhooks'),
    ...deliveries.flatMap((delivery) => deliveryRows(delivery, unicode)),
    ...untold.map((id) => row(`${id} `, { text: 'was told to nobody', dim: true })),
    ...(deliveries.length === 0 ? [row({ text: HOW, dim: true })] : []),
  ];
}

const COLORS: Readonly<Record<EventDelivery['state'], Color>> = {
  ...{ delivered: 'green', pending: 'yellow', failed: 'red', outside: 'gray' },
};

function deliveryRows(delivery: EventDelivery, unicode: boolean): readonly Row[] {
  const { type, event, url, state, attempts } = delivery;
  return [
    row(
      `${type}  `,
      { text: deliveryText(delivery), color: COLORS[state] },
      { text: `  ${event} to ${url}`, dim: true },
    ),
    ...attempts.map((attempt) => {
      const reply = oneLine(attempt.reply.trim(), unicode);
      return row({ text: `  ${clockTime(attempt.at)}  `, dim: true }, attemptText(attempt), {
        text: reply === '' ? '' : `  ${reply}`,
        dim: true,
      });
    }),
  ];
}

function bodiesRows({ request, answer }: WholeCall): readonly Row[] {
  return [
    ...bodyRows('answer in words', saidText(answer)),
    ...bodyRows('request', request),
    ...bodyRows('answer', answer),
  ];
}

function bodyRows(name: string, body: string): readonly Row[] {
  if (body === '') return [];
  const lines = bodyText(body)
    .split('\n')
    .map((line) => row(line));
  return [title(name), ...lines];
}

function title(name: string): Row {
  return row({ text: name, color: 'cyan' });
}
