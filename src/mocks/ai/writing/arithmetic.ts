const WORDS: readonly (readonly [RegExp, string])[] = [
  [/\bplus\b/gi, '+'],
  [/\bminus\b/gi, '-'],
  [/\b(?:times|multiplied by)\b|[x×](?=\s*[\d(-])/gi, '*'],
  [/\b(?:divided by|over)\b|÷/gi, '/'],
  [/\bto the power of\b|\*\*/gi, '^'],
  [/%\s*of\b|\bpercent of\b/gi, '/100*'],
];
const ASKS =
  /^(?:please |can you |could you )?(?:what(?:'s| is)|calculate|compute|solve|evaluate|how much is|work out)?:?\s*([-\d.()+*/^\s]{3,200}?)\s*[?=.]*$/i;
const LONGEST = 300;
/** The sign before a number, which no text has so. */
const MINUS = '~';
const POWER: Readonly<Record<string, number>> = { '+': 1, '-': 1, '*': 2, '/': 2, [MINUS]: 2.5, '^': 3 };
const APPLY: Readonly<Record<string, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '^': (a, b) => a ** b,
};

const LINEAR =
  /^(?:please |can you |could you )?(?:solve|what is x if|find x:?)?(?: for x)?:? ?(-?\d{0,9})([a-z])(?: ?([-+]) ?(\d{1,9}))? ?= ?(-?\d{1,9})[.?]?$/i;

/** The unknown of a linear equation: "Solve 8x + 7 = -23". */
function solved(asked: string): string | null {
  const [, factor = '', unknown, sign, added = '0', right] = LINEAR.exec(asked.trim()) ?? [];
  const times = factor === '' ? 1 : factor === '-' ? -1 : Number(factor);
  if (unknown === undefined || times === 0) return null;
  const value = (Number(right) - (sign === '-' ? -1 : 1) * Number(added)) / times;
  return `${unknown} = ${Number(value.toPrecision(12))}`;
}

/** The result of a request that is a computation and nothing else: "What is 12 * (7 + 1)?"; null for others. */
export function computed(asked: string): string | null {
  if (asked.length > LONGEST) return null;
  const equation = solved(asked);
  if (equation !== null) return equation;
  const written = WORDS.reduce((text, [pattern, sign]) => text.replace(pattern, ` ${sign} `), asked.trim());
  const sum = ASKS.exec(written)?.[1];
  if (sum === undefined || isNumbers(sum, written) || !/\d\s*[-+*/^]/.test(sum)) return null;
  const value = resultOf(sum.match(/\d+(?:\.\d+)?|[-+*/^()]/g) ?? []);
  return value === null || !Number.isFinite(value) ? null : String(Number(value.toPrecision(12)));
}

/** A date, a number of a phone, or a range: "2025-04-03", "555-0100"; of "What is 12-7?" a difference is wanted. */
function isNumbers(sum: string, written: string): boolean {
  const isAlone = written.replace(/[\s?=.]+$/, '') === sum;
  return /^\d+(?:-\d+){2,}$/.test(sum) || (/^\d+-\d+$/.test(sum) && (isAlone || /\b0\d/.test(sum)));
}

/** Whether the sign that stands before is applied before the other; of powers the last one is: 2^3^2 is 2^9. */
function bindsFirst(before: string, sign: string): boolean {
  const [left, right] = [POWER[before] ?? 0, POWER[sign] ?? 0];
  return sign === '^' ? left > right : left >= right;
}

/** By E. W. Dijkstra's shunting yard; null for what is no expression. */
function resultOf(tokens: readonly string[]): number | null {
  const values: number[] = [];
  const signs: string[] = [];
  const apply = (): void => {
    const sign = signs.pop() ?? '';
    const b = values.pop() ?? Number.NaN;
    values.push(sign === MINUS ? -b : (APPLY[sign]?.(values.pop() ?? Number.NaN, b) ?? Number.NaN));
  };
  let before = '(';
  for (const token of tokens) {
    if (/^\d/.test(token)) values.push(Number(token));
    else if (token === '(') signs.push(token);
    else if (token === ')') {
      while (signs.length > 0 && signs.at(-1) !== '(') apply();
      if (signs.pop() === undefined) return null;
    } else if (token === '-' && (before === '(' || before in POWER)) signs.push(MINUS);
    else {
      while (bindsFirst(signs.at(-1) ?? '', token)) apply();
      signs.push(token);
    }
    before = token;
  }
  while (signs.length > 0) apply();
  const [value = Number.NaN] = values;
  return values.length === 1 && !Number.isNaN(value) ? value : null;
}
