// `npm run picture`: runs the demo, opens its screen in a real terminal (tmux), presses some keys, and writes what it
// shows to test/picture/screen.svg and cast.svg, the pictures in the README.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeMachine, makeProject } from '../support/project.ts';
import { openScreen, type Screen } from '../support/screen.ts';
import { type Moment, toCast, toSvg } from './svg.ts';

const SIZE = { columns: 112, rows: 26 };
const CAST_SIZE = { columns: 96, rows: 22 };

await using machine = await makeMachine({ LANG: 'C.UTF-8', NO_COLOR: '' });
const folder = join(machine.folder, 'shop');
const first = await makeProject(join(machine.folder, 'elsewhere'), machine.env, {});
await first.ok(['demo', folder, '--detach']);
const shop = await makeProject(folder, machine.env, {});
try {
  await using screen = await openScreen(shop);
  await screen.resize(SIZE.columns, SIZE.rows);
  await screen.devenv('attach');
  await screen.shows(/6\/6 ready/);
  const { processes } = await shop.json<{ processes: { name: string; url: string }[] }>(['status', '--json']);
  const page = processes.find(({ name }) => name === 'web')?.url ?? '';
  for (const path of ['/', '/api/products', '/api/products', '/nothing']) await fetch(new URL(path, page));
  for (const key of ['k', 'k', 'k', 'k', 'k', 'j', 'j', 'j', 'j', 'j', 'r']) await screen.type(key);
  await screen.shows(/devenv restart web {2}done/);
  for (const key of ['k', 'k', 'k', 'k', 'k']) await screen.type(key);
  // The first line is selected when logs have names; with what everything takes beside it.
  await screen.shows(/│web /);
  await screen.shows(/● web[^│]*\d MB[\s\S]*● worker[^│]*\d MB/);
  const captured = await screen.shows(/restart web/, { looks: true });
  await writeFile(join(import.meta.dirname, 'screen.svg'), toSvg(captured, SIZE.columns));
  await screen.resize(CAST_SIZE.columns, CAST_SIZE.rows);
  await writeFile(join(import.meta.dirname, 'cast.svg'), toCast(await moments(screen), CAST_SIZE.columns));
  await screen.type('d');
} finally {
  await shop.ok(['down', '--data', '--yes']);
}

/** A short walk through the screen, from what it shows at first to the question that leaving asks. */
async function moments(screen: Screen): Promise<readonly Moment[]> {
  const taken: Moment[] = [];
  const take = async (keys: string, does: string, shows: RegExp): Promise<void> => {
    await screen.shows(shows);
    taken.push({ keys, does, captured: await screen.shows(/./, { looks: true }) });
  };
  // The terminal has its new size when the list is as wide as it is on that.
  await take('devenv up', 'everything that runs, and what it says', /^all +│[\s\S]*\? keys/m);
  for (const key of ['j', 'j', 'j', 'j', 'j']) await screen.type(key);
  await take('j', 'one of them', /\? keys/);
  await screen.type('/listening');
  await take('/', 'filter: text, a regular expression, or ! and what not to see', /\/listening/);
  await screen.press('Escape');
  await screen.type('2');
  await take('2', 'its variables, with their origin and what they beat', /from (base|minted)/);
  await screen.type('3');
  await take('3', 'the last start: what waited for what', /Ready in/);
  await screen.type('4');
  await take('4', 'details and recent events', /command +/);
  await screen.type('5');
  await take('5', 'data: databases, snapshots and what can be undone', /baseline/i);
  await screen.type('1');
  await screen.type('r');
  await take('r', 'restart it; the last line is the command that does the same', /devenv restart \w+ {2}done/);
  await screen.type('?');
  await take('?', 'all keys', /Everywhere/);
  await screen.press('Escape');
  await screen.type('q');
  await take('q', 'leave: everything may go on running', /Detach or stop/);
  return taken;
}
