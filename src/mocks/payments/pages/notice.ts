import { html } from './html.ts';
import type { View } from './page.ts';

/** A page that only says something. */
export function notice(title: string, text: string, status = 200): View {
  return {
    status,
    title,
    body: html`<main class="narrow"><div class="panel"><h2>${title}</h2><p>${text}</p></div></main>`,
  };
}
