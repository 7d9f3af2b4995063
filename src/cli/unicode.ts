/** Whether the terminal takes more than ASCII: what the locale says, in the order in which it counts (locale(7)). */
export function hasUnicode(env: NodeJS.ProcessEnv): boolean {
  return /utf-?8/i.test(env.LC_ALL || env.LC_CTYPE || env.LANG || '');
}
