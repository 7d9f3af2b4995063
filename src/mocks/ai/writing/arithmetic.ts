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
const POWER: Readonly<Record<string, number>> = { '+': 1, '-': 1, '*': 2, '/': 2, '^': 3 };
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
  // A date, or a number of a phone.
  if (sum === undefined || /^\d+(?:-\d+){2,}$/.test(sum) || !/\d\s*[-+*/^]/.test(sum)) return null;
  const value = resultOf(sum.match(/\d+(?:\.\d+)?|[-+*/^()]/g) ?? []);
  return value === null || !Number.isFinite(value) ? null : String(Number(value.toPrecision(12)));
}

/** By E. W. Dijkstra's shunting yard; null for what is no expression. */
function resultOf(tokens: readonly string[]): number | null {
  const values: number[] = [];
  const signs: string[] = [];
  const apply = (): void => {
    const [b, a] = [values.pop() ?? Number.NaN, values.pop() ?? Number.NaN];
    values.push(APPLY[signs.pop() ?? '']?.(a, b) ?? Number.NaN);
  };
  let before = '(';
  for (const token of tokens) {
    if (/^\d/.test(token)) values.push(Number(token));
    else if (token === '(') signs.push(token);
    else if (token === ')') {
      while (signs.length > 0 && signs.at(-1) !== '(') apply();
      if (signs.pop() === undefined) return null;
    } else {
      // A sign in front of a number is taken off nought.
      if (token === '-' && (before === '(' || before in POWER)) values.push(0);
      else while ((POWER[signs.at(-1) ?? ''] ?? 0) >= (POWER[token] ?? 0)) apply();
      signs.push(token);
    }
    before = token;
  }
  while (signs.length > 0) apply();
  const [value = Number.NaN] = values;
  return values.length === 1 && !Number.isNaN(value) ? value : null;
}
