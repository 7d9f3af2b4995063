import type { Draws } from '../../../lib/draws.ts';
import { suggestion } from '../../../lib/suggestion.ts';
import type { Faker, World } from './world.ts';

type Call = (draws: Draws) => unknown;

/** A function of faker by its name, such as `company.name`, on our numbers; what is known where there is none. */
export function fakerFunction(world: World, name: string): Call | { readonly wanted: string } {
  let draws: Draws | null = null;
  const randomizer = { next: () => draws?.unit() ?? 0, seed: () => {} };
  const Constructor = world.faker.constructor as new (options: object) => Faker;
  const faker = new Constructor({ locale: world.words, randomizer });
  faker.setDefaultRefDate(world.now);
  const modules = faker as unknown as Readonly<Record<string, unknown>>;
  const [category = '', method = ''] = name.split('.');
  const names = namesOf(modules);
  if (!names.includes(name)) return { wanted: `there is no such function${suggestion(name, names)}`.slice(0, 300) };
  const owner = modules[category] as Readonly<Record<string, () => unknown>>;
  return (own) => {
    draws = own;
    return (owner[method] as () => unknown)();
  };
}

function namesOf(modules: Readonly<Record<string, unknown>>): readonly string[] {
  return Object.entries(modules).flatMap(([category, module]) => {
    if (category.startsWith('_') || category === 'rawDefinitions' || category === 'definitions') return [];
    if (typeof module !== 'object' || module === null) return [];
    const own = [...Object.keys(module), ...Object.getOwnPropertyNames(Object.getPrototypeOf(module))];
    return own
      .filter((key) => /^[a-z]/.test(key) && key !== 'constructor')
      .filter((key) => typeof (module as Record<string, unknown>)[key] === 'function')
      .map((key) => `${category}.${key}`);
  });
}
