import type { ErrorEvent, Event } from '../../../src/core/events.ts';
import { ContextMaker, type Known, type ShownVariable, type UiContext } from '../../../src/tui/context.ts';
import type { Effect } from '../../../src/tui/keys/binding.ts';
import { update } from '../../../src/tui/keys/update.ts';
import { LogStore } from '../../../src/tui/logs/log-store.ts';
import { EMPTY, type Model, reduce } from '../../../src/tui/model/model.ts';
import { newState, type UiState } from '../../../src/tui/state.ts';

export const SHOP: readonly Event[] = [
  { type: 'runtime', runtime: 'docker', why: 'it answers' },
  { type: 'environment', id: 'abc', project: 'shop', branch: 'main', path: '/shop', basedOn: 'test' },
  {
    type: 'stack',
    services: [
      {
        ...{
          name: 'db',
          engine: 'postgres',
          version: '17',
          image: 'postgres:17',
          needs: [],
          port: 5000,
          askedPort: 5432,
        },
        url: 'postgres://u:****@127.0.0.1:5000/shop',
      },
      {
        ...{ name: 'cache', engine: 'redis', version: '8', image: 'redis:8', needs: [], port: 5001, askedPort: null },
        url: 'redis://127.0.0.1:5001',
      },
    ],
    processes: [
      {
        ...{ name: 'web', command: 'npm run dev', cwd: '/shop/web', needs: ['db'], port: 5002, askedPort: 5002 },
        url: 'http://127.0.0.1:5002',
      },
    ],
  },
];

export function modelOf(events: readonly (ErrorEvent | Event)[], now = 0): Model {
  return events.reduce<Model>((model, event) => reduce(model, event, now), EMPTY);
}

/** A screen without a terminal: keys go in, the state and what is to be done come out. */
export class Keyboard {
  readonly #contexts = new ContextMaker();
  readonly store = new LogStore();
  readonly effects: Effect[] = [];
  model: Model;
  state: UiState;
  variables: readonly ShownVariable[] = [];

  constructor(events: readonly (ErrorEvent | Event)[] = SHOP, size = { columns: 100, rows: 20 }) {
    this.model = modelOf(events);
    this.state = newState(size, false);
  }

  /** Names of keys; one that isn't a name is typed letter by letter. */
  press(...names: readonly string[]): this {
    for (const name of names) {
      const outcome = update(this.context(), name, name);
      this.state = outcome.state;
      this.effects.push(...outcome.effects);
    }
    return this;
  }

  type(text: string): this {
    return this.press(...text);
  }

  paste(text: string): this {
    const outcome = update(this.context(), null, text);
    this.state = outcome.state;
    this.effects.push(...outcome.effects);
    return this;
  }

  say(source: string, ...lines: readonly string[]): this {
    for (const line of lines) this.store.push({ source, line, time: null });
    return this;
  }

  tell(event: Event): this {
    this.model = reduce(this.model, event, 0);
    return this;
  }

  context(now = 0): UiContext {
    const known: Known = { model: this.model, store: this.store, variables: this.variables, unicode: true };
    return this.#contexts.make(this.state, known, now);
  }
}
