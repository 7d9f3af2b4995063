import { lineAt, matching, type ProjectFiles, type TextFile } from '../files.ts';
import { type Finding, note, type VariableFinding } from '../finding.ts';
import type { PythonProject } from './project.ts';
import { at, type Make, moduleOf } from './servers.ts';

const MADE = /^\w+\s*=\s*Celery\(/m;
/** `CELERY_BROKER_URL = "redis://…"`, `os.environ.get("CELERY_BROKER_URL", "redis://…")`, `Celery("x", broker="redis://…")` */
const BROKER = /\b\w*(?:broker|backend)\w*["']?\s*[=:,]\s*[^\n]{0,200}?\b(redis|amqp)s?:\/\//i;
/** Anywhere, in whatever kind of file: somebody has said what the broker is. */
const TOLD = /broker|\b(?:rediss?|valkeys?|amqps?|sqs):\/\//i;

/** A worker of Celery, and the broker that it takes its work from. */
export function celeryOf(
  files: ProjectFiles,
  project: PythonProject,
  sources: readonly TextFile[],
  make: Make,
): readonly Finding[] {
  const depends = project.dependency('celery');
  if (!depends) return [];
  const file = sources.find(({ text }) => MADE.test(text));
  const brokers = sources.flatMap(brokerIn);
  const redis =
    brokers.find(({ kind }) => kind === 'need')?.evidence ?? project.dependency('celery[redis]', 'celery-redbeat');
  const told = redis || project.dependency('redis') || matching(files, /./).some(({ text }) => TOLD.test(text));
  return [
    ...(file ? [workerOf(project, file, make)] : []),
    ...brokers,
    ...(redis ? [variable({ ...redis, what: `${redis.what}: Celery's broker` })] : []),
    ...(told ? [] : [note('nothing here tells its broker, which is RabbitMQ at localhost:5672 then', depends)]),
  ];
}

/** Celery itself reads it, before its settings. */
function variable(evidence: VariableFinding['evidence']): VariableFinding {
  return { kind: 'variable', name: 'CELERY_BROKER_URL', listed: false, evidence };
}

function workerOf(project: PythonProject, file: TextFile, make: Make): Finding {
  const { module } = moduleOf(project, file.name);
  const command = `celery -A ${module.replace(/\.celery$/, '')} worker --loglevel info`;
  return make('worker', 'worker', command, at(file, MADE, 'Celery'));
}

function brokerIn({ name: file, text }: TextFile): readonly Finding[] {
  const found = BROKER.exec(text);
  if (!found) return [];
  const [whole, scheme = ''] = found;
  const evidence = { file, line: lineAt(text, found.index + whole.length), what: `names ${scheme.toLowerCase()}://` };
  if (scheme.toLowerCase() === 'redis') return [{ kind: 'need', engine: 'redis', evidence }];
  return [note("RabbitMQ is no engine of devenv's; a service with its image does it", evidence)];
}
