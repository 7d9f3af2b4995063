/** What the words in braces in a launch's argv stand for. */
export interface Places {
  readonly data: string;
  readonly files: string;
  readonly run: string;
  readonly port: number;
}

export function fillIn(argv: readonly string[], places: Places): readonly string[] {
  return argv.map((word) =>
    word.replace(/\{(data|files|run|port)\}/g, (_, name: keyof Places) => String(places[name])),
  );
}
