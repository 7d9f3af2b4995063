import { existsSync } from 'node:fs';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { execa } from 'execa';
import { IP_FORWARD, type MachineBefore } from './machine.ts';
import type { InstancePaths } from './paths.ts';

type Env = Record<string, string>;

/** Names that engines give to the interfaces they make. */
const ENGINE_LINK = /^(docker0|docker_gwbridge|br-[0-9a-f]{12}|veth[0-9a-f]{7})$/;

const ENGINE_RULE = /DOCKER|docker0|docker_gwbridge|\bbr-[0-9a-f]{12}\b/;

/** A published port's own rules may name neither a chain nor a bridge of the engine. */
const PORT_RULES = [
  /^-A POSTROUTING -s (\S+)\/32 -d \1\/32 .*-j MASQUERADE$/,
  /^-A PREROUTING -d 127\.0\.0\.1\/32 ! -i lo -p \w+ -m \w+ --dport \d+ -j DROP$/,
];

export async function forwardPolicy(env: Env): Promise<string> {
  const { stdout } = await execa('iptables', ['-S', 'FORWARD'], {
    env,
    reject: false,
  });
  return /^-P FORWARD (\w+)/.exec(stdout)?.[1] ?? 'ACCEPT';
}

/** Removes the bridges and firewall rules that an engine leaves in the machine's own network namespace. */
export async function restoreNetwork(before: MachineBefore, env: Env): Promise<void> {
  for (const family of ['iptables', 'ip6tables']) await restoreFirewall(family, before, env);
  const made = (name: string) => ENGINE_LINK.test(name) && !before.links.includes(name);
  const links = (await readdir('/sys/class/net')).filter(made);
  for (const link of links) await execa('ip', ['link', 'delete', link], { env, reject: false });
  await writeFile(IP_FORWARD, before.ipForward);
}

async function restoreFirewall(family: string, before: MachineBefore, env: Env): Promise<void> {
  const { stdout, failed } = await execa(`${family}-save`, {
    env,
    reject: false,
  });
  if (failed || !stdout.includes('DOCKER')) return;
  await execa(`${family}-restore`, {
    env,
    input: withoutEngineRules(stdout, before.forwardPolicy),
  });
}

/** Other rules stay, also those that came later: a firewall may have been started while the engine ran. */
function withoutEngineRules(saved: string, policy: string): string {
  const lines = saved.split('\n').filter((line) => ![ENGINE_RULE, ...PORT_RULES].some((rule) => rule.test(line)));
  return `${lines.join('\n').replace(/^:FORWARD \w+/gm, `:FORWARD ${policy}`)}\n`;
}

/**
 * A network namespace of its own, held by a mount so that it needs no process. Ports published in it
 * can't be reached from the machine: run what needs them through `nsenter --net=<file>`.
 */
export async function makeNamespace({ netns }: InstancePaths, env: Env): Promise<void> {
  await removeNamespace(netns);
  await mkdir(dirname(netns), { recursive: true });
  await writeFile(netns, '');
  await execa('unshare', [`--net=${netns}`, '--', 'ip', 'link', 'set', 'lo', 'up'], { env });
}

export async function removeNamespace(netns: string): Promise<void> {
  if (!existsSync(netns)) return;
  await execa('umount', ['-l', netns], { reject: false });
  await rm(netns, { force: true });
}
