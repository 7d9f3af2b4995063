import { join } from 'node:path';
import { execa } from 'execa';
import { libraryFolders, unpackPackages } from '../packages.ts';

/** Debian's bootstrapping tool, one perl script; unpacked privately so that none needs to be installed. */
export async function mmdebstrap(): Promise<{
  command: string;
  env: Record<string, string>;
}> {
  const prefix = await unpackPackages('mmdebstrap', [{ suite: 'bookworm', packages: ['mmdebstrap'] }]);
  return {
    command: join(prefix, 'usr/bin/mmdebstrap'),
    env: await perlEnvironment(),
  };
}

/** A minimal Debian has perl-base only; the modules that mmdebstrap uses come with the rest of perl. */
async function perlEnvironment(): Promise<Record<string, string>> {
  const needed = ['English', 'Pod::Usage', 'File::Temp', 'Term::ANSIColor', 'Math::BigInt'];
  const { failed } = await execa('perl', [...needed.map((name) => `-M${name}`), '-e', '1'], { reject: false });
  if (!failed) return {};
  const libs = ['libperl5.36', 'libcrypt1', 'libdb5.3', 'libgdbm6', 'libgdbm-compat4'];
  const packages = ['perl', 'perl-base', 'perl-modules-5.36', ...libs];
  const prefix = await unpackPackages('perl', [{ suite: 'bookworm', packages }]);
  const libraries = await libraryFolders(prefix);
  const modules = libraries.flatMap((folder) => [join(folder, 'perl/5.36'), join(folder, 'perl-base')]);
  return {
    PATH: `${join(prefix, 'usr/bin')}:${process.env.PATH}`,
    LD_LIBRARY_PATH: libraries.join(':'),
    PERL5LIB: [...modules, join(prefix, 'usr/share/perl/5.36')].join(':'),
  };
}
