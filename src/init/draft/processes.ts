import {
  type AppFinding,
  type Finding,
  type Line,
  type NoteFinding,
  note,
  type ProcessFinding,
  Rank,
} from '../finding.ts';
import type { Block } from './draft.ts';
import { slug } from './names.ts';
import { neededBy } from './needs.ts';
import { type Owner, partOf, processesOfApp } from './owners.ts';
import type { DraftService } from './services.ts';

export interface DraftProcess extends Block, Owner {
  readonly port: number | undefined;
  /** Names of the app's services in other files that are this process here. */
  readonly hosts: readonly string[];
}

export interface Processes {
  readonly processes: readonly DraftProcess[];
  readonly notes: readonly NoteFinding[];
}

/** Which processes there are, what they are called and what they wait for. */
export function draftProcesses(
  findings: readonly Finding[],
  services: readonly DraftService[],
  giveName: (wanted: string, instead?: string) => string,
): Processes {
  const all = findings.filter((finding): finding is ProcessFinding => finding.kind === 'process');
  const { chosen, left } = choose(all);
  const order = [...chosen].sort((a, b) => place(a) - place(b));
  const named = order.map((process) => ({
    process,
    name: giveName(slug(process.name, process.role), otherName(process)),
  }));
  const apps = findings.filter((finding): finding is AppFinding => finding.kind === 'app');
  const needsOf = neededBy(named, services, findings);
  const processes = named.map(({ process, name }) => toBlock(process, name, needsOf(process)));
  return {
    processes: processes.map((one) => ({ ...one, hosts: hostsOf(one, processes, apps) })),
    notes: left.map(({ loser, winner }) => note(`left out: ${reason(winner)}`, loser.evidence)),
  };
}

function reason({ rank, evidence }: ProcessFinding): string {
  return rank === Rank.processList
    ? `${evidence.file} names every process`
    : `${evidence.what} of ${evidence.file} does it`;
}

/** What other services of a compose file call a process: the name of the one service that it is. */
function hostsOf(process: DraftProcess, all: readonly DraftProcess[], apps: readonly AppFinding[]): readonly string[] {
  const isServed = ({ port }: DraftProcess) => port !== undefined;
  return apps
    .filter((app) => {
      const [first, ...others] = processesOfApp(app, all, apps).filter(isServed);
      return first?.name === process.name && others.length === 0;
    })
    .map(({ name }) => name);
}

/** Migrations come first; the name `web` goes to a server rather than to the scripts of its pages. */
function place({ role, language }: ProcessFinding): number {
  if (role === 'migrate') return 0;
  return language === 'js' ? 2 : 1;
}

/** Where another has the name already, such as a server in another language. */
function otherName({ role, language, name, cwd }: ProcessFinding): string | undefined {
  if (cwd !== '.') return slug(`${cwd.split('/').at(-1)}${role === 'web' ? '' : `-${name}`}`, name);
  return language === 'js' && role === 'web' ? 'frontend' : `${slug(name, role)}-app`;
}

interface Choice {
  readonly chosen: readonly ProcessFinding[];
  readonly left: readonly { readonly loser: ProcessFinding; readonly winner: ProcessFinding }[];
}

/** Several files tell of the same process: one line is written, of the one that says how it is developed. */
function choose(all: readonly ProcessFinding[]): Choice {
  const chosen: ProcessFinding[] = [];
  const left: { loser: ProcessFinding; winner: ProcessFinding }[] = [];
  for (const process of [...all].sort((a, b) => b.rank - a.rank)) {
    const winner = chosen.find((other) => areSame(process, other));
    if (!winner) chosen.push(process);
    else if (winner.command !== process.command) left.push({ loser: process, winner });
  }
  return { chosen: all.filter((process) => chosen.includes(process)), left };
}

function areSame(weak: ProcessFinding, strong: ProcessFinding): boolean {
  if (weak.cwd === strong.cwd && weak.command === strong.command) return true;
  // One list of processes names each for its own sake.
  const list = weak.language === undefined && weak.evidence.file === strong.evidence.file;
  if (list && weak.name !== strong.name) return false;
  // A Procfile.dev is the whole list; only migrations are not in it.
  if (strong.rank === Rank.processList && weak.rank < strong.rank)
    return weak.role !== 'migrate' || strong.role === 'migrate';
  const general = weak.language === undefined || strong.language === undefined;
  // Both are told by the tools of their languages, and may well run side by side.
  if (!general && (weak.language !== strong.language || partOf(weak) !== partOf(strong))) return false;
  if (weak.role !== strong.role) return isMain(weak) && isMain(strong) && weak.rank < strong.rank;
  if (weak.role === 'web' && weak.language === 'go' && strong.language === 'go') return false;
  return weak.role === 'worker' || weak.role === 'other'
    ? weak.name === strong.name || isAnyWorker(weak, strong)
    : true;
}

/** The one that a project is about: whether it serves a port isn't told in every file. */
function isMain({ role, name }: ProcessFinding): boolean {
  return role === 'web' || (role === 'other' && /^(app|web|server|api)$/.test(name));
}

function isAnyWorker(weak: ProcessFinding, strong: ProcessFinding): boolean {
  return weak.role === 'worker' && strong.role === 'worker' && weak.language !== strong.language;
}

function toBlock(process: ProcessFinding, name: string, needs: readonly string[]): DraftProcess {
  const { command, cwd, role, evidence } = process;
  const once = role === 'migrate';
  const port = process.port && isPort(process.port.value) && !once ? process.port : undefined;
  const lines: (Line | undefined)[] = [
    { key: 'command', value: command, because: [] },
    cwd === '.' ? undefined : { key: 'cwd', value: cwd, because: [] },
    once ? { key: 'once', value: true, because: [] } : undefined,
    port ? { key: 'port', value: port.value, because: [port.evidence] } : undefined,
    needs.length > 0 ? { key: 'needs', value: needs, because: [] } : undefined,
  ];
  return {
    name,
    part: partOf(process),
    wanted: process.name,
    once,
    hosts: [],
    port: port?.value,
    because: [evidence],
    lines: lines.filter((line) => line !== undefined),
  };
}

/** What a file names need not be one. */
function isPort(value: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= 65_535;
}
