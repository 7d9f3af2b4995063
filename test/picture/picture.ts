// `npm run picture`: runs the demo, opens its screen in a real terminal (tmux), presses some keys, and writes what it
// shows to test/picture/screen.svg, the picture in the README.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeMachine, makeProject } from '../support/project.ts';
import { openScreen } from '../support/screen.ts';
import { toSvg } from './svg.ts';

const SIZE = { columns: 112, rows: 26 };

await using machine = await makeMachine({ LANG: 'C.UTF-8', NO_COLOR: '' });
const folder = join(machine.folder, 'shop');
const first = await makeProject(join(machine.folder, 'elsewhere'), machine.env, {});
await first.ok(['demo', folder, '--detach']);
const shop = await makeProject(folder, machine.env, {});
try {
  await using screen = await openScreen(shop);
  await screen.resize(SIZE.columns, SIZE.rows);
  await screen.devenv('attach');
  await screen.shows(/5\/5 ready/);
  const { processes } = await shop.json<{ processes: { name: string; url: string }[] }>(['status', '--json']);
  const page = processes.find(({ name }) => name === 'web')?.url ?? '';
  for (const path of ['/', '/api/products', '/api/products', '/nothing']) await fetch(new URL(path, page));
  for (const key of ['k', 'k', 'k', 'k', 'j', 'j', 'j', 'j', 'r']) await screen.type(key);
  await screen.shows(/devenv restart web {2}done/);
  for (const key of ['k', 'k', 'k', 'k']) await screen.type(key);
  // With what everything takes beside it.
  await screen.shows(/● web[^│]*\d MB[\s\S]*● worker[^│]*\d MB/);
  const captured = await screen.shows(/restart web/, { looks: true });
  await writeFile(join(import.meta.dirname, 'screen.svg'), toSvg(captured, SIZE.columns));
  await screen.type('q');
  await screen.type('d');
} finally {
  await shop.ok(['down', '--data', '--yes']);
}
