import { cp, mkdtemp, readFile, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';

const TEMPLATE = join(import.meta.dirname, '..', '..', 'templates', 'shop');

/** The shop of `devenv demo` with its dependencies, installed once and copied as often as it is needed. */
export interface TeaShop extends AsyncDisposable {
  readonly config: string;
  copyTo(folder: string): Promise<void>;
}

export async function installTeaShop(): Promise<TeaShop> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'dve-shop-')));
  await cp(TEMPLATE, folder, { recursive: true, filter: (source) => !source.includes('/node_modules') });
  await execa('npm', ['ci', '--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund'], { cwd: folder });
  return {
    config: await readFile(join(folder, 'devenv.config.yaml'), 'utf8'),
    copyTo: (other) => cp(folder, other, { recursive: true }),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}
