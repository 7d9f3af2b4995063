import { existsSync } from 'node:fs';
import { chromium, type Page } from 'playwright-core';

/** Debian's; a browser that playwright would download is not looked for. */
const CHROMIUM = '/usr/bin/chromium';

export const hasChromium = existsSync(CHROMIUM);

export interface OpenPage extends AsyncDisposable {
  readonly page: Page;
  /** What went wrong in scripts. */
  readonly errors: readonly string[];
}

/** A tab of a browser of its own, without a window. */
export async function openPage(): Promise<OpenPage> {
  // Its sandbox refuses to run as root.
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const browser = await chromium.launch({ executablePath: CHROMIUM, args });
  const page = await browser.newPage();
  const errors: string[] = [];
  page.on('pageerror', ({ message }) => errors.push(message));
  return { page, errors, [Symbol.asyncDispose]: () => browser.close() };
}
