import { Text } from 'ink';
import { createContext, useContext } from 'react';
import type { Row } from '../row.ts';

/** False where NO_COLOR asks for none; bold, dim and inverse stay, for they are no colours. */
export const ColorContext = createContext(true);

/** One line of the screen; what is too long is cut off. */
export function Line({ row }: { readonly row: Row }) {
  const colored = useContext(ColorContext);
  // A line without anything in it would have no height.
  const spans = row.every(({ text }) => text === '') ? [{ text: ' ' }] : row;
  return (
    <Text wrap="truncate">
      {spans.map(({ text, color, bold, dim, inverse }, index) => (
        <Text
          // biome-ignore lint/suspicious/noArrayIndexKey: spans have no identity, and none of them holds a state
          key={index}
          {...(colored && color ? { color } : {})}
          bold={bold ?? false}
          dimColor={dim ?? false}
          inverse={inverse ?? false}
        >
          {text}
        </Text>
      ))}
    </Text>
  );
}

export function Lines({ rows }: { readonly rows: readonly Row[] }) {
  return rows.map((row, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a line is where it stands
    <Line key={index} row={row} />
  ));
}
