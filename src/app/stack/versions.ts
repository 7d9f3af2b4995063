import type { ServiceConfig } from '../../config/config.ts';
import { UserError } from '../../core/errors.ts';
import type { Runtime } from '../../core/runtime.ts';
import type { NamedProgram } from '../../engines/engine.ts';
import { engineOf } from '../../engines/index.ts';
import type { Checkout } from '../open.ts';
import { namedProgram } from './named-program.ts';

/** Without a version in the configuration: the one that wrote the data, else the newest that the runtime can give. */
export async function resolveVersions(checkout: Checkout, runtime: Runtime): Promise<ReadonlyMap<string, string>> {
  const services = Object.entries(checkout.loaded.config.services);
  const open = services.some(([, service]) => service.version === undefined && hasMajors(service));
  const data = open ? (await runtime.observeId(checkout.environment.id)).data : [];
  const versions = services.map(async ([name, service]) => {
    const written = data.find((found) => found.service === name && found.engine === service.engine)?.version;
    return [
      name,
      service.version ?? written ?? (await newest(runtime, service, namedProgram(checkout.loaded, name))),
    ] as const;
  });
  return new Map(await Promise.all(versions));
}

async function newest(runtime: Runtime, service: ServiceConfig, program: NamedProgram | null): Promise<string> {
  if (!hasMajors(service)) return tagOf(service.image ?? '');
  // Its data folder and its data's version depend on it, and a tag such as `latest` doesn't tell.
  if (service.image !== undefined) {
    throw new UserError(`the image ${service.image} doesn't tell which major version of ${service.engine} it holds`, {
      code: 'usage',
      hints: [`Say it beside the image: { engine: ${service.engine}, version: "17", image: ${service.image} }`],
    });
  }
  const engine = engineOf(service.engine);
  return runtime.newestVersion(
    engine.versions.map((version) => ({ version, programs: engine.programs(version, program ?? undefined) })),
  );
}

function hasMajors(service: ServiceConfig): boolean {
  return engineOf(service.engine).versions.length > 0;
}

/** After the last colon, unless that belongs to a registry's port. */
function tagOf(image: string): string {
  return /:([^/:@]+)(?:@.*)?$/.exec(image)?.[1] ?? 'latest';
}
