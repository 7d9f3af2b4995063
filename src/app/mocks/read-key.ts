import { open, realpath } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, relative, sep } from 'node:path';
import { messageOf, systemProblem, UserError } from '../../core/errors.ts';
import { PARTS } from '../../core/mocks.ts';
import { Secret } from '../../core/secret.ts';
import type { PassedOn } from '../../core/stack.ts';
import { judgeKey } from '../../mocks/relay/judge-key.ts';

/** More than any key: what is larger is something else. */
const MAX_BYTES = 4_096;

/** Somebody may have to touch a device, or type a password into a window. */
const COMMAND_MS = 120_000;

/** The provider's own key. Throws a UserError that says where it was looked for, and nothing of what was found. */
export async function readKey(one: PassedOn, project: string, signal: AbortSignal): Promise<Secret> {
  const text = (await textOf(one, project, signal)).trim();
  const problem = judgeKey(one.provider, text);
  if (problem === null) return new Secret(text);
  throw failure(one, `what ${sourceWords(one)} gives ${problem}`, ['The value is not shown.']);
}

function textOf(one: PassedOn, project: string, signal: AbortSignal): Promise<string> {
  switch (one.source.from) {
    case 'variable':
      return fromVariable(one);
    case 'file':
      return fromFile(one, one.source.path, project);
    case 'command':
      return fromCommand(one, one.source.argv, { project, signal });
    default:
      throw new Error(`${one.source satisfies never} is no source`);
  }
}

async function fromVariable(one: PassedOn): Promise<string> {
  if (one.held !== null) return one.held.reveal();
  throw failure(one, `${sourceWords(one)} is not set`, ['Set it in the shell or in .env.local, and run this again.']);
}

/** Within the project it would be committed one day. */
async function fromFile(one: PassedOn, path: string, project: string): Promise<string> {
  const file = path.startsWith('~/') ? join(homedir(), path.slice(2)) : path;
  const real = await realpath(file).catch((error: unknown) => {
    throw failure(one, `${sourceWords(one)} can't be read: ${systemProblem(error) ?? 'it is not there'}`);
  });
  const inside = relative(await realpath(project), real);
  if (inside !== '..' && !inside.startsWith(`..${sep}`)) {
    throw failure(one, `${sourceWords(one)} is inside the project`, [
      'Keep it where it can’t be committed, such as ~/.config.',
    ]);
  }
  try {
    await using handle = await open(real);
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(MAX_BYTES), 0, MAX_BYTES, 0);
    return buffer.toString('utf8', 0, bytesRead);
  } catch (error) {
    throw failure(one, `${sourceWords(one)} can't be read: ${systemProblem(error) ?? messageOf(error)}`);
  }
}

/** With all that the shell has: password managers find their session there. */
async function fromCommand(
  one: PassedOn,
  argv: readonly string[],
  { project, signal }: { readonly project: string; readonly signal: AbortSignal },
): Promise<string> {
  const { execa } = await import('execa');
  const [file = '', ...args] = argv;
  const result = await execa(file, args, {
    ...{ cwd: project, reject: false, stdin: 'ignore', timeout: COMMAND_MS, maxBuffer: MAX_BYTES },
    cancelSignal: signal,
  });
  signal.throwIfAborted();
  if (!result.failed) return result.stdout;
  throw failure(one, `${sourceWords(one)} ${whyFailed(result, file)}`, [
    `To see what it says: ${argv.map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word}'`)).join(' ')}`,
  ]);
}

/** What it has printed is not repeated: that may be the key. */
function whyFailed(
  {
    exitCode,
    timedOut,
    signal,
    code,
  }: {
    readonly exitCode?: number | undefined;
    readonly timedOut: boolean;
    readonly signal?: string | undefined;
    readonly code?: string | undefined;
  },
  file: string,
): string {
  if (timedOut) return `has not ended within ${COMMAND_MS / 1_000} s`;
  if (code === 'ENOENT') return `can't be run: there is no command ${file}`;
  if (exitCode === undefined) return `was ended by ${signal ?? code ?? 'something'}`;
  return `exited with ${exitCode}`;
}

function sourceWords({ source }: PassedOn): string {
  switch (source.from) {
    case 'variable':
      return `the variable ${source.name}`;
    case 'file':
      return `the file ${source.path}`;
    case 'command':
      return `the command ${source.argv[0]}`;
    default:
      throw new Error(`${source satisfies never} is no source`);
  }
}

function failure({ sourcePlace, provider, mode }: PassedOn, what: string, hints: readonly string[] = []): UserError {
  return new UserError(`${sourcePlace}: ${what}`, {
    hints: [
      ...hints,
      `Without the key: mocks.${PARTS[provider]}.${provider} can be mock or replay instead of ${mode}.`,
    ],
  });
}
