import { Box } from 'ink';
import type { ReactNode } from 'react';
import type { UiContext } from '../context.ts';
import { helpRows } from '../help.ts';
import { topOf } from '../keys/overlays.ts';
import { layoutOf } from '../layout.ts';
import { paneOf } from '../panes/index.ts';
import { type Row, row } from '../row.ts';
import type { Overlay } from '../state.ts';
import { tinyRows } from '../tiny.ts';
import { headerRow, keysRow, statusRow } from './frame-rows.ts';
import { ColorContext, Line, Lines } from './Line.tsx';
import { memberRows } from './member-rows.ts';
import { tabsRow } from './tabs-row.ts';

export interface AppProps {
  readonly context: UiContext;
  readonly color: boolean;
}

/** The whole screen, made from what is known at one moment; it holds no state of its own. */
export function App({ context, color }: AppProps) {
  const { columns, rows } = context.state.size;
  return (
    <ColorContext.Provider value={color}>
      <Box flexDirection="column" width={columns} height={rows} overflow="hidden">
        {layoutOf(context.state).tooSmall ? <Lines rows={tinyRows(context.state)} /> : <Screen context={context} />}
      </Box>
    </ColorContext.Provider>
  );
}

interface Props {
  readonly context: UiContext;
}

function Screen({ context }: Props) {
  const { overlay } = context.state;
  return (
    <>
      <Line row={headerRow(context)} />
      <Body context={context} overlay={overlay} />
      <Line row={overlay?.kind === 'question' ? questionRow(overlay) : statusRow(context)} />
      <Line row={overlay?.kind === 'question' ? choicesRow(overlay) : keysRow(context)} />
    </>
  );
}

function Body({ context, overlay }: Props & { readonly overlay: Overlay | null }): ReactNode {
  const { pane } = layoutOf(context.state);
  if (overlay?.kind === 'help')
    return <Covered rows={helpRows(context)} scroll={overlay.scroll} height={pane.height + 1} />;
  if (overlay?.kind === 'output')
    return <Covered rows={context.output} scroll={topOf(overlay.scroll, context)} height={pane.height + 1} />;
  return <Columns context={context} />;
}

function Covered({
  rows,
  scroll,
  height,
}: {
  readonly rows: readonly Row[];
  readonly scroll: number;
  readonly height: number;
}) {
  return (
    <Box flexDirection="column" height={height} overflow="hidden">
      <Lines rows={rows.slice(scroll, scroll + height)} />
    </Box>
  );
}

function Columns({ context }: Props) {
  const { membersWidth, pane } = layoutOf(context.state);
  return (
    <Box height={pane.height + 1}>
      {membersWidth > 0 && (
        <>
          <Box flexDirection="column" width={membersWidth} flexShrink={0} overflow="hidden">
            <Line row={[]} />
            <Lines rows={memberWindow(context, membersWidth, pane.height)} />
          </Box>
          <Box flexDirection="column" width={1} flexShrink={0}>
            <Lines rows={Array.from({ length: pane.height + 1 }, () => row({ text: '│', dim: true }))} />
          </Box>
        </>
      )}
      <Box flexDirection="column" width={pane.width} flexShrink={0} overflow="hidden">
        <Line row={tabsRow(context)} />
        <Lines rows={paneOf(context.state.pane).rows(context)} />
      </Box>
    </Box>
  );
}

/** As many as fit, the selected one among them. */
function memberWindow(context: UiContext, width: number, height: number): readonly Row[] {
  const rows = memberRows(context, width);
  const selected = context.model.members.findIndex(({ name }) => name === context.state.selected) + 1;
  const first = Math.max(0, Math.min(selected - height + 1, rows.length - height));
  return rows.slice(first, first + height);
}

function questionRow({ question }: Overlay & { readonly kind: 'question' }): Row {
  return row({ text: question.text, bold: true, color: 'yellow' });
}

function choicesRow({ question }: Overlay & { readonly kind: 'question' }): Row {
  return [
    ...question.choices.flatMap(({ key, label }) => [
      { text: key, color: 'cyan' as const, bold: true },
      { text: ` ${label}   `, dim: key !== question.fallback },
    ]),
    { text: `enter: ${question.choices.find(({ key }) => key === question.fallback)?.label ?? ''}`, dim: true },
  ];
}
