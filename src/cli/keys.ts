const CTRL_C = '\u0003';
export const CTRL_Z = '\u001a';

/** Keys as they are pressed, without being shown; Ctrl-C stays what it is. Disposing gives the terminal back. */
export function hearKeys(onKey: (key: string) => void): Disposable {
  const { stdin } = process;
  if (!stdin.isTTY) return { [Symbol.dispose]() {} };
  const hear = (data: Buffer): void => {
    for (const key of data.toString()) {
      if (key === CTRL_C) process.kill(process.pid, 'SIGINT');
      else onKey(key);
    }
  };
  stdin.setRawMode(true);
  stdin.on('data', hear);
  // Where it was paused by the one before.
  stdin.resume();
  return {
    [Symbol.dispose]() {
      stdin.off('data', hear);
      stdin.setRawMode(false);
      stdin.pause();
    },
  };
}
