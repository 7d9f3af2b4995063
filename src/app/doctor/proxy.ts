import { maskUrl } from '../../core/secret.ts';
import { type Check, type Found, ok } from './finding.ts';

const PROXIES = ['HTTP_PROXY', 'http_proxy', 'HTTPS_PROXY', 'https_proxy', 'ALL_PROXY', 'all_proxy'] as const;
const LOCAL = ['localhost', '127.0.0.1'] as const;

/** Everything that devenv starts listens on 127.0.0.1, where no proxy can reach it. */
export const proxy: Check = {
  name: 'proxy',
  run: async ({ env }) => judgeProxy(env),
};

export function judgeProxy(env: NodeJS.ProcessEnv): readonly Found[] {
  const set = PROXIES.filter((name) => env[name]);
  const [first] = set;
  if (first === undefined) return [ok('none is set')];
  const names = set.join(', ');
  const except = (env.no_proxy || env.NO_PROXY || '').split(/[\s,]+/).filter((host) => host !== '');
  const missing = except.includes('*') ? [] : LOCAL.filter((host) => !except.includes(host));
  if (missing.length === 0) return [ok(`${names}, not for localhost`)];
  return [
    {
      status: 'warning',
      what: `${names} is set to ${maskUrl(env[first] ?? '')}, and NO_PROXY leaves out ${missing.join(' and ')}`,
      why: "clients that heed it ask the proxy for this machine's own services",
      mend: `export NO_PROXY=${[...except, ...missing].join(',')} no_proxy=${[...except, ...missing].join(',')}`,
    },
  ];
}
