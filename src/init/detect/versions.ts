import { keysOf } from '../../config/path.ts';
import { readImageName } from '../compose/image-name.ts';
import { type Data, dataOf, problemsOf, yamlData } from '../document.ts';
import { matching } from '../files.ts';
import type { EngineName, Finding } from '../finding.ts';
import type { Detector } from './detector.ts';

const TOOLS: Readonly<Record<string, EngineName>> = { postgres: 'postgres', postgresql: 'postgres', redis: 'redis' };

/** Versions of engines that other tools are told: asdf and mise, and the services of CI. */
export const detectVersions: Detector = (files) => {
  const workflows = matching(files, /^\.github\/workflows\/[^/]+\.ya?ml$|^\.gitlab-ci\.yml$/).map(yamlData);
  return [
    ...matching(files, /^\.tool-versions$|^\.?mise\.toml$/).flatMap(({ name, text }) => toolVersions(name, text)),
    ...problemsOf(workflows),
    ...dataOf(workflows).flatMap(ciServices),
  ];
};

function toolVersions(file: string, text: string): readonly Finding[] {
  return text.split('\n').flatMap((content, index) => {
    const [, tool = '', major = ''] = /^[ \t]*["']?(\w+)["']?\s*=?\s*["']?(\d+)[\d.]*/.exec(content) ?? [];
    const engine = TOOLS[tool];
    return engine ? [version(engine, major, { file, line: index + 1, what: `${tool} ${major}` })] : [];
  });
}

function ciServices(data: Data): readonly Finding[] {
  const jobs = data.name.endsWith('gitlab-ci.yml') ? data.value : keysOf(data.value.jobs);
  const prefix = jobs === data.value ? [] : ['jobs'];
  const owners = [
    ...Object.entries(jobs).map(([name, job]) => ({
      path: [...prefix, name, 'services'],
      services: keysOf(job).services,
    })),
  ];
  const top = prefix.length === 0 ? [{ path: ['services'], services: data.value.services }] : [];
  return [...top, ...owners].flatMap(({ path, services }) =>
    imagesOf(services).flatMap(({ key, image }) => {
      const { engine, version: major, unknown } = readImageName(image);
      const line = data.lineOf([...path, key]);
      const evidence = { file: data.name, ...(line === undefined ? {} : { line }), what: `service ${image}` };
      const told = major ?? unknown;
      return engine && told ? [version(engine, told, evidence)] : [];
    }),
  );
}

/** GitHub's services have names, GitLab's are a list. */
function imagesOf(services: unknown): readonly { readonly key: string; readonly image: string }[] {
  return Object.entries(Array.isArray(services) ? { ...services } : keysOf(services)).flatMap(([key, service]) => {
    const image = typeof service === 'string' ? service : (keysOf(service).image ?? keysOf(service).name);
    return typeof image === 'string' ? [{ key, image }] : [];
  });
}

function version(engine: EngineName, value: string, evidence: Finding['evidence']): Finding {
  return { kind: 'detail', engine, key: 'version', value, evidence };
}
