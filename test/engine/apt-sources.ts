import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Mirror {
  uri: string;
  keyrings: string[];
}

const DEBIAN_SUITES = /^(bullseye|bookworm|trixie|forky|sid|oldoldstable|oldstable|stable|testing|unstable)$/;
const DEBIAN_KEYRINGS = [
  '/usr/share/keyrings/debian-archive-keyring.gpg',
  '/usr/share/keyrings/debian-archive-keyring.pgp',
];

interface Source {
  uri: string;
  suites: string[];
  signedBy: string[];
}

/** The mirror this machine already uses for Debian's main archive; it carries every suite. */
export function debianMirror(etcApt = '/etc/apt'): Mirror | undefined {
  const source = machineSources(etcApt).find((each) => each.suites.some((suite) => DEBIAN_SUITES.test(suite)));
  if (!source) return undefined;
  const keyring = DEBIAN_KEYRINGS.find((path) => existsSync(path));
  return {
    uri: source.uri,
    keyrings: [...new Set([...(keyring ? [keyring] : []), ...source.signedBy])],
  };
}

/** One `deb` line; apt takes several keyrings separated by commas. */
export function sourceLine(mirror: Mirror, suite: string): string {
  const options = mirror.keyrings.length > 0 ? `[signed-by=${mirror.keyrings.join(',')}] ` : '';
  return `deb ${options}${mirror.uri} ${suite} main`;
}

function machineSources(etcApt: string): Source[] {
  const parts = join(etcApt, 'sources.list.d');
  const files = existsSync(parts)
    ? readdirSync(parts)
        .sort()
        .map((name) => join(parts, name))
    : [];
  const main = join(etcApt, 'sources.list');
  return [...(existsSync(main) ? [main] : []), ...files].flatMap((path) => {
    if (path.endsWith('.sources')) return deb822Sources(readFileSync(path, 'utf8'));
    return path.endsWith('.list') ? oneLineSources(readFileSync(path, 'utf8')) : [];
  });
}

function oneLineSources(text: string): Source[] {
  return text.split('\n').flatMap((line) => {
    const [, options = '', uri, suite] = /^\s*deb\s+(?:\[([^\]]*)\]\s+)?(\S+)\s+(\S+)/.exec(line) ?? [];
    if (!uri || !suite) return [];
    const signedBy = /signed-by=(\S+)/.exec(options)?.[1] ?? '';
    return [{ uri, suites: [suite], signedBy: keyringPaths(signedBy.split(',')) }];
  });
}

function deb822Sources(text: string): Source[] {
  return text.split(/\n\s*\n/).flatMap((stanza) => {
    const fields = deb822Fields(stanza);
    const uri = words(fields.get('uris'))[0];
    const isBinary = words(fields.get('types')).includes('deb');
    if (!uri || !isBinary || fields.get('enabled') === 'no') return [];
    return [
      {
        uri,
        suites: words(fields.get('suites')),
        signedBy: keyringPaths(words(fields.get('signed-by'))),
      },
    ];
  });
}

function deb822Fields(stanza: string): Map<string, string> {
  const unfolded = stanza.replace(/^#.*\n?/gm, '').replace(/\n[ \t]+/g, ' ');
  const pairs = unfolded.split('\n').map((line) => line.split(/:(.*)/));
  return new Map(pairs.map(([name = '', value = '']) => [name.trim().toLowerCase(), value.trim()]));
}

/** Signed-By may hold a whole key instead of a path; only paths can go on a one-line source. */
function keyringPaths(entries: string[]): string[] {
  return entries.filter((entry) => entry.startsWith('/') && existsSync(entry));
}

function words(text = ''): string[] {
  return text.split(/[\s,]+/).filter(Boolean);
}
