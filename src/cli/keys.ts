const CTRL_C = '\u0003';

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
  return {
    [Symbol.dispose]() {
      stdin.off('data', hear);
      stdin.setRawMode(false);
      stdin.pause();
    },
  };
}
