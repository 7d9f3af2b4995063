import { keysOf } from '../../config/path.ts';
import { type Finding, note } from '../finding.ts';
import { at, type Entry, listOf } from './entry.ts';

/** What is taken over, as far as it goes. */
const TAKEN = ['image', 'build', 'ports', 'expose', 'volumes', 'environment', 'command', 'depends_on', 'profiles'];
/** What devenv does in its own way, or what changes nothing of how the service behaves. */
const NEEDLESS = [
  ...['container_name', 'hostname', 'networks', 'network_mode', 'links', 'restart', 'healthcheck', 'logging', 'labels'],
  ...['annotations', 'attach', 'deploy', 'develop', 'init', 'platform', 'pull_policy', 'scale', 'stdin_open', 'tty'],
  ...['stop_grace_period', 'stop_signal', 'post_start', 'pre_stop'],
];

/** Keys of an image's service that would change how it runs, and that devenv has none for. */
export function unknownKeys(entry: Entry): readonly Finding[] {
  const passed = [...TAKEN, ...NEEDLESS];
  return Object.keys(entry.service)
    .filter((key) => !key.startsWith('x-') && (!passed.includes(key) || isHostNetwork(entry, key)))
    .map((key) => note(`${key} of ${entry.name} left out: devenv has no such key`, at(entry, [key], key)));
}

function isHostNetwork({ service }: Entry, key: string): boolean {
  return key === 'network_mode' && service.network_mode !== 'bridge';
}

/** The app's process gets its variables from `.env` files that devenv reads itself, and from no others. */
export function unreadEnvFiles(entry: Entry): readonly Finding[] {
  const given = entry.service.env_file;
  const paths = (Array.isArray(given) ? listOf(given) : [given]).flatMap((one) =>
    typeof one === 'string' ? one : typeof keysOf(one).path === 'string' ? String(keysOf(one).path) : [],
  );
  return paths
    .filter((path) => !/^(\.\/)?\.env(\.local)?$/.test(path))
    .map((path) => note(`${path} is not read: devenv reads .env and .env.local`, at(entry, ['env_file'], 'env_file')));
}
