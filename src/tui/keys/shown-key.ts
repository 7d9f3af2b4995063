const SHOWN: Readonly<Record<string, string>> = { up: '↑', down: '↓', left: '←', right: '→' };

export function shownKey(key: string, unicode: boolean): string {
  return (unicode ? SHOWN[key] : undefined) ?? (key === 'escape' ? 'esc' : key);
}
