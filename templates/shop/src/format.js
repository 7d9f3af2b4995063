let euro; // made when first needed: it takes longer than the rest of this app's own start

export function money(cents) {
  euro ??= new Intl.NumberFormat('en-IE', { style: 'currency', currency: 'EUR' });
  return euro.format(cents / 100);
}

/** "melon, hay, honey" as a sentence has it: "melon, hay and honey". */
export function listed(text) {
  return text.replace(/, ([^,]+)$/, ' and $1');
}

/** How long ago, in one short word or two: "just now", "5 min ago", "2 days ago". */
export function ago(date, now = new Date()) {
  const minutes = Math.floor((now - new Date(date)) / 60_000);
  if (minutes < 1) return 'just now';
  if (minutes < 60) return `${minutes} min ago`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return `${hours} h ago`;
  const days = Math.floor(hours / 24);
  return days === 1 ? '1 day ago' : `${days} days ago`;
}

/** Where a database is, without the user and password: "127.0.0.1:5432/shop". */
export function address(url) {
  const { hostname, port, pathname } = new URL(url);
  return `${hostname}:${port || 5432}${pathname}`;
}

/** A hue from 0 to 359 for a text: each checkout's page gets its own tint, so two tabs are told apart. */
export function hue(text) {
  let hash = 0;
  for (const char of text) hash = (hash * 31 + char.codePointAt(0)) % 360;
  return hash;
}
