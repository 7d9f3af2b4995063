/** A piece of a line with one look, as a terminal shows it. */
interface Run {
  text: string;
  readonly look: Look;
}

interface Look {
  readonly color: string | null;
  readonly bold: boolean;
  readonly dim: boolean;
  readonly inverse: boolean;
}

const PLAIN: Look = { color: null, bold: false, dim: false, inverse: false };
const BACKGROUND = '#16181d';
const FOREGROUND = '#d7dae0';
const COLORS = ['#5c6370', '#e06c75', '#98c379', '#e5c07b', '#61afef', '#c678dd', '#56b6c2', '#d7dae0'];
const CELL = { width: 8.4, height: 18 };
const MARGIN = 12;

/** What `tmux capture-pane -e` gives, as a picture. */
export function toSvg(captured: string, columns: number): string {
  const lines = linesOf(captured);
  return document(columns, lines.length, 'The screen of devenv', lines.flatMap(lineSvg));
}

/** One moment of a cast: what the screen showed after these keys, and in words what they did. */
export interface Moment {
  readonly keys: string;
  readonly does: string;
  readonly captured: string;
}

const SECONDS = 3;

/** The moments one after the other, for ever, each with its keys below it. */
export function toCast(moments: readonly Moment[], columns: number): string {
  const rows = Math.max(...moments.map(({ captured }) => linesOf(captured).length));
  const share = 100 / moments.length;
  const total = moments.length * SECONDS;
  // Hidden where animations aren't wanted, but for the first.
  const style = [
    `@keyframes turn { 0% { visibility: visible } ${fixed(share)}% { visibility: hidden } }`,
    `.moment { visibility: hidden; animation: turn ${total}s step-end infinite }`,
    '@media (prefers-reduced-motion) { .moment { animation: none } .moment:first-of-type { visibility: visible } }',
  ].join(' ');
  const groups = moments.flatMap(({ keys, does, captured }, index) => [
    `<g class="moment" style="animation-delay: ${index * SECONDS - (index === 0 ? 0 : total)}s">`,
    ...linesOf(captured).flatMap(lineSvg),
    ...lineSvg(`\u001b[7m ${keys} \u001b[27m  \u001b[2m${does}\u001b[22m`, rows + 1),
    '</g>',
  ]);
  return document(columns, rows + 2, 'Keys of the screen of devenv', [`<style>${style}</style>`, ...groups]);
}

function linesOf(captured: string): readonly string[] {
  return captured.replace(/\n+$/, '').split('\n');
}

function document(columns: number, rows: number, title: string, body: readonly string[]): string {
  const width = Math.ceil(columns * CELL.width) + 2 * MARGIN;
  const height = rows * CELL.height + 2 * MARGIN;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<title>${title}</title>`,
    `<rect width="100%" height="100%" rx="8" fill="${BACKGROUND}"/>`,
    '<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, monospace" font-size="14" xml:space="preserve">',
    ...body,
    '</g>',
    '</svg>',
    '',
  ].join('\n');
}

function lineSvg(line: string, row: number): readonly string[] {
  const y = MARGIN + row * CELL.height;
  let column = 0;
  return runsOf(line).flatMap(({ text, look }) => {
    const x = MARGIN + column * CELL.width;
    const width = [...text].length * CELL.width;
    column += [...text].length;
    const color = look.color ?? FOREGROUND;
    const box = look.inverse
      ? [`<rect x="${fixed(x)}" y="${y}" width="${fixed(width)}" height="${CELL.height}" fill="${color}"/>`]
      : [];
    if (text.trim() === '') return box;
    const attributes = [
      `x="${fixed(x)}" y="${y + 13}" textLength="${fixed(width)}"`,
      `fill="${look.inverse ? BACKGROUND : color}"`,
      ...(look.bold ? ['font-weight="bold"'] : []),
      ...(look.dim ? ['opacity="0.6"'] : []),
    ];
    return [...box, `<text ${attributes.join(' ')}>${escaped(text)}</text>`];
  });
}

function runsOf(line: string): readonly Run[] {
  const runs: Run[] = [];
  let look = PLAIN;
  for (const part of line.split(/(\u001b\[[\d;]*m)/)) {
    const codes = /^\u001b\[([\d;]*)m$/.exec(part)?.[1];
    if (codes !== undefined) for (const code of codes.split(';')) look = after(look, Number(code));
    else if (part !== '') runs.push({ text: part.replace(/\u001b[()][A-Z0-9]|\u000e|\u000f/g, ''), look });
  }
  return runs;
}

/** ECMA-48, "Select graphic rendition", as far as the screen uses it. */
function after(look: Look, code: number): Look {
  if (code === 0) return PLAIN;
  if (code === 1) return { ...look, bold: true };
  if (code === 2) return { ...look, dim: true };
  if (code === 7) return { ...look, inverse: true };
  if (code === 22) return { ...look, bold: false, dim: false };
  if (code === 27) return { ...look, inverse: false };
  if (code === 39) return { ...look, color: null };
  if (code >= 30 && code <= 37) return { ...look, color: COLORS[code - 30] ?? null };
  if (code >= 90 && code <= 97) return { ...look, color: COLORS[code - 90] ?? null };
  return look;
}

function fixed(value: number): string {
  return value.toFixed(1);
}

function escaped(text: string): string {
  // Plain spaces would be drawn as one.
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replaceAll(' ', '\u00a0');
}
