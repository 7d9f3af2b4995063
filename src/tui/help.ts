import type { UiContext } from './context.ts';
import type { Binding } from './keys/binding.ts';
import { globalBindings } from './keys/global.ts';
import { shownKey } from './keys/shown-key.ts';
import { paneOf } from './panes/index.ts';
import { type Row, row } from './row.ts';

/** Every key that means something now. */
export function helpRows({ state, unicode }: Pick<UiContext, 'state' | 'unicode'>): readonly Row[] {
  const pane = paneOf(state.pane);
  const own = [...(pane.enter ? [pane.enter] : []), ...pane.bindings];
  const toRow = ({ keys, label }: Binding): Row => {
    const names = keys.map((key) => shownKey(key, unicode)).join(' ');
    return row({ text: `  ${names.padEnd(16)}`, color: 'cyan' }, label);
  };
  return [
    ...(own.length > 0 ? [row({ text: pane.title, bold: true }), ...own.map(toRow), row('')] : []),
    row({ text: 'Everywhere', bold: true }),
    ...globalBindings.map(toRow),
    row(''),
    row({ text: 'Text can be selected with the mouse as usual; z gives the pane the whole width.', dim: true }),
  ];
}
