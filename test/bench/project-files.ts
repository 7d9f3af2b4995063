/** The same stack for both: Postgres 17 and Redis 8 with data that stays, reachable from the host. */
export const COMPOSE_FILE = `
services:
  db:
    image: postgres:17
    environment:
      POSTGRES_PASSWORD: bench
      POSTGRES_DB: shop
    ports: ["127.0.0.1::5432"]
    volumes: [db:/var/lib/postgresql/data]
    healthcheck:
      test: [CMD-SHELL, pg_isready -U postgres]
      interval: 1s
      timeout: 5s
      retries: 30
  cache:
    image: redis:8
    command: [redis-server, --appendonly, "yes"]
    ports: ["127.0.0.1::6379"]
    volumes: [cache:/data]
    healthcheck:
      test: [CMD, redis-cli, ping]
      interval: 1s
      timeout: 5s
      retries: 30
volumes:
  db:
  cache:
`;

export const DOCKER_STACK = `
name: shop
runtime: docker
services:
  db: { engine: postgres, version: "17" }
  cache: { engine: redis, version: "8" }
`;

/** Redis 7, because that is what Debian 12 has. */
export const EMBEDDED_STACK = `
name: shop
runtime: embedded
services:
  db: { engine: postgres, version: "17" }
  cache: { engine: redis, version: "7" }
`;

export const ONE_PROCESS = `
name: shop
processes:
  idle: { command: node idle.js }
`;
