import { redrawn } from '../display/redraw.ts';
import { CTRL_Z, hearKeys } from './keys.ts';
import { suspend } from './suspend.ts';
import { hasUnicode } from './unicode.ts';

/** What is on it at the moment, and what `q` does. */
interface Play {
  readonly lines: () => readonly string[];
  readonly leave: () => void;
}

/** Lines over the whole terminal, also after a resize and after Ctrl-Z. Disposing gives the terminal back. */
export function stageOn(stream: NodeJS.WriteStream, play: Play): Disposable & { draw(): void } {
  const size = () => (stream.columns > 0 && stream.rows > 0 ? { columns: stream.columns, rows: stream.rows } : null);
  const raise = () => {
    const screen = redrawn({ write: (text) => void stream.write(text), size, unicode: hasUnicode(process.env) });
    const keys = hearKeys((key) => {
      if (key === 'q') play.leave();
      if (key === CTRL_Z) void rest();
    });
    return { screen, keys };
  };
  let up: ReturnType<typeof raise> | null = raise();
  const lower = (): void => {
    up?.keys[Symbol.dispose]();
    up?.screen[Symbol.dispose]();
    up = null;
  };
  const draw = (): void => up?.screen.draw(play.lines());
  let over = false;
  const rest = async (): Promise<void> => {
    if (!up) return;
    lower();
    await suspend();
    if (over) return;
    up = raise();
    draw();
  };
  const onSuspend = (): void => void rest();
  process.on('SIGTSTP', onSuspend);
  stream.on('resize', draw);
  return {
    draw,
    [Symbol.dispose]() {
      over = true;
      process.off('SIGTSTP', onSuspend);
      stream.off('resize', draw);
      lower();
    },
  };
}
