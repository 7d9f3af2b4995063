import type { MocksState } from '../../../core/mocks.ts';
import { budgetText, deliveriesText, faultText, moneyTexts } from '../../../display/mocks.ts';
import { type Row, row, type Span, textOf } from '../../row.ts';

/** What all calls come to, who isn't mocked but recorded and the like, the mocks' clock, and what the next calls are to meet. */
export function headRows(state: MocksState, width: number): readonly Row[] {
  const { totals, clock, faults, modes, budget } = state;
  const others = Object.entries(modes).filter(([, mode]) => mode !== 'mock');
  const { calls, unsupported, tokens, money } = totals;
  const spent = tokens.input + tokens.output;
  const webhooks = deliveriesText(state);
  const fields: readonly Row[] = [
    row({ text: `${calls.toLocaleString('en')} ${calls === 1 ? 'call' : 'calls'}`, bold: true }),
    ...(unsupported > 0 ? [row({ text: `${unsupported.toLocaleString('en')} not mocked`, color: 'magenta' })] : []),
    ...others.map(([provider, mode]) => row({ text: `${provider}: ${mode}`, color: 'yellow' })),
    named('clock', `${clock.slice(0, 10)} ${clock.slice(11, 16)}Z`),
    ...(spent > 0 ? [named('tokens not spent', spent.toLocaleString('en'))] : []),
    ...(budget ? [named('budget', budgetText(budget))] : []),
    ...(Object.keys(money).length > 0 ? [named('money not moved', moneyTexts(totals))] : []),
    ...(webhooks === '' ? [] : [named('webhooks', webhooks)]),
  ];
  return [...packed(fields, width), ...faults.map((fault) => row({ text: faultText(fault), color: 'yellow' }))];
}

function named(name: string, value: string): Row {
  return row({ text: `${name} `, dim: true }, value);
}

const GAP: Span = { text: '  ' };

/** As many in a line as fit. */
function packed(fields: readonly Row[], width: number): readonly Row[] {
  const rows: Row[] = [];
  for (const field of fields) {
    const last = rows.at(-1);
    const joined = last && [...last, GAP, ...field];
    if (joined && textOf(joined).length <= width) rows[rows.length - 1] = joined;
    else rows.push(field);
  }
  return rows;
}
