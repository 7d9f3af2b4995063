/** Calls `act` when `isIdle` still holds after a time without a touch. */
export function idleTimer(isIdle: () => boolean, act: () => void): { touch(ms: number): void } {
  let timer: NodeJS.Timeout | undefined;
  return {
    touch(ms) {
      clearTimeout(timer);
      timer = setTimeout(() => isIdle() && act(), ms);
    },
  };
}
