import { readFileSync } from 'node:fs';
import { hue } from '../format.js';
import { html, raw } from '../html.js';

const asset = (name) => raw(readFileSync(new URL(name, import.meta.url), 'utf8'));
const style = asset('style.css');
const script = asset('client.js');

/** A whole page, in one answer. Parts marked `data-live` are replaced by the script when they change. */
export function layout({ title, publicUrl, aside, main, footer }) {
  const tint = hue(publicUrl);
  return html`<!doctype html>
<html lang="en" style="--hue: ${tint}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title && `${title} · `}Leaf &amp; Kettle</title>
<link rel="icon" href="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E%3Ccircle cx='16' cy='16' r='15' fill='hsl(${tint} 45%25 40%25)'/%3E%3Ccircle cx='16' cy='16' r='9' fill='%23d9a441'/%3E%3C/svg%3E">
<style>
${style}</style>
</head>
<body>
<header>
  <h1><a href="/">Leaf <i>&amp;</i> Kettle</a></h1>
  ${aside}
</header>
${main}
${footer}
<p id="status" role="status"></p>
<script type="module">
${script}</script>
</body>
</html>
`;
}

export const orderingAs = html`<label>Ordering as <input id="email" type="email" value="you@example.com" autocomplete="email" spellcheck="false" required></label>`;
export const backToTeas = html`<a href="/">All teas</a>`;
