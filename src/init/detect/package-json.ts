import { problemsOf } from '../document.ts';
import { type EngineName, type Finding, mockFindings, note } from '../finding.ts';
import { type Package, packagesOf, parsedPackages } from '../js/packages.ts';
import type { Detector } from './detector.ts';

/** Client libraries. ORMs that speak with several databases tell which one in a file of their own. */
const CLIENTS: Readonly<Record<EngineName, readonly string[]>> = {
  postgres: [
    ...['pg', 'postgres', 'pg-promise', 'pg-native', '@neondatabase/serverless', '@vercel/postgres', 'slonik'],
    ...['pg-boss', 'graphile-worker', 'postgraphile', 'connect-pg-simple', '@fastify/postgres', '@prisma/adapter-pg'],
    ...['@mikro-orm/postgresql', '@sequelize/postgres'],
  ],
  redis: [
    ...['redis', 'ioredis', '@redis/client', 'bullmq', 'bull', 'bee-queue', 'connect-redis', 'rate-limit-redis'],
    ...['@fastify/redis', '@nestjs/bull', '@nestjs/bullmq', '@socket.io/redis-adapter', 'cache-manager-redis-store'],
    ...['@keyv/redis', 'handy-redis'],
  ],
};

/** Clients of providers that can be mocked, and what brings one along. */
const AI = [
  'openai',
  '@anthropic-ai/sdk',
  '@ai-sdk/openai',
  '@ai-sdk/anthropic',
  '@langchain/openai',
  '@langchain/anthropic',
];
const PAYMENTS = ['stripe'];

/** Servers that devenv has no engine for. */
const OTHERS: Readonly<Record<string, string>> = {
  mysql: 'MySQL',
  mysql2: 'MySQL',
  mariadb: 'MariaDB',
  mongodb: 'MongoDB',
  mongoose: 'MongoDB',
  amqplib: 'RabbitMQ',
  kafkajs: 'Kafka',
  '@elastic/elasticsearch': 'Elasticsearch',
  nats: 'NATS',
  mssql: 'SQL Server',
};

export const detectPackageJson: Detector = (files) => [
  ...problemsOf(parsedPackages(files)),
  ...packagesOf(files).flatMap((one): readonly Finding[] => [
    ...nameOf(one),
    ...needsOf(one),
    ...mocksOf(one),
    ...othersOf(one),
  ]),
];

function nameOf(one: Package): readonly Finding[] {
  if (one.place !== 'top' || one.name === undefined) return [];
  const line = one.data.lineOf(['name']);
  const evidence = { file: one.data.name, ...(line === undefined ? {} : { line }), what: 'name' };
  return [{ kind: 'name', value: one.name, evidence }];
}

function needsOf(one: Package): readonly Finding[] {
  return (Object.keys(CLIENTS) as EngineName[]).flatMap((engine) =>
    CLIENTS[engine]
      .filter((name) => one.dependsOn(name))
      .map((name) => ({ kind: 'need', engine, evidence: one.dependency(name) }) as const),
  );
}

function mocksOf(one: Package): readonly Finding[] {
  const first = (names: readonly string[]) => {
    const name = names.find((client) => one.dependsOn(client));
    return name === undefined ? undefined : one.dependency(name);
  };
  return mockFindings({ ai: first(AI), payments: first(PAYMENTS) });
}

function othersOf(one: Package): readonly Finding[] {
  return Object.entries(OTHERS)
    .filter(([name]) => one.dependsOn(name))
    .map(([name, server]) =>
      note(`${server} is no engine of devenv's; a service with its image does it`, one.dependency(name)),
    );
}
