import { describe, expect, it } from 'vitest';
import { foreignAddresses } from '../../../../src/core/data/foreign-addresses.ts';

const OWN = [
  { host: '127.0.0.1', port: 20001 },
  { host: '127.0.0.1', port: 20002 },
];

const found = (variables: Readonly<Record<string, string>>) =>
  foreignAddresses(new Map(Object.entries(variables)), OWN).map(({ variable, leadsTo }) => `${variable}: ${leadsTo}`);

describe('an address of a database', () => {
  it.each([
    'postgres://u:p@127.0.0.1:20001/shop',
    'postgresql+asyncpg://u:p@localhost:20001/shop?sslmode=disable',
    'jdbc:postgresql://localhost:20001/shop?user=a&password=b',
    'redis://default:p@127.0.0.1:20002/1',
    '"postgres://u:p%40x@[::1]:20001/shop"',
    'postgres:///shop?host=127.0.0.1&port=20001',
    'https://db.example.com:5432/',
    'postgres is a database',
    '',
  ])('is nothing to stop for: %s', (value) => {
    expect(found({ A_URL: value })).toEqual([]);
  });

  it.each([
    ['postgres://u:secret@db.example.com/shop', 'db.example.com:5432'],
    ['postgres://u:s@cret@db.example.com:6543/shop', 'db.example.com:6543'],
    ['POSTGRES://u:secret@127.0.0.1/shop', '127.0.0.1:5432'],
    ['postgres://u:secret@localhost:20003/shop', 'localhost:20003'],
    ['postgres:///shop', 'a local socket'],
    ['postgres:///shop?host=/var/run/postgresql', 'a local socket'],
    ['postgres://127.0.0.1:20001/shop?host=db.example.com', 'db.example.com:5432'],
    ['mongodb+srv://u:secret@cluster.example.net/x', 'cluster.example.net:27017'],
    ['prisma+postgres://accelerate.example.net/?api_key=secret', 'accelerate.example.net:5432'],
    ['mysql://u:secret@10.0.0.1/x', '10.0.0.1:3306'],
    ['rediss://:secret@cache.example.com:6380', 'cache.example.com:6380'],
    ['valkey://:secret@cache.example.com/0', 'cache.example.com:6379'],
    ['redis-sentinel://:secret@s1.example.com:26379/main', 's1.example.com:26379'],
    ['redis+unix:///run/redis.sock', 'a local socket'],
  ])('that leads elsewhere is named, without its secret: %s', (value, leadsTo) => {
    expect(found({ DIRECT_URL: value })).toEqual([`DIRECT_URL: ${leadsTo}`]);
  });

  it('is looked for among several hosts, of which one is enough', () => {
    expect(found({ A: 'postgres://u:p@127.0.0.1:20001,replica.example.com:5432/shop' })).toEqual([
      'A: replica.example.com:5432',
    ]);
  });

  it('is where libpq goes, whatever stands before the question mark', () => {
    const own = 'postgres://u:p@127.0.0.1:20001/shop';
    expect(found({ A: `${own}?port=20099` })).toEqual(['A: 127.0.0.1:20099']);
    expect(found({ A: `${own}?hostaddr=10.9.8.7` })).toEqual(['A: 10.9.8.7:5432']);
    expect(found({ A: `${own}?service=prod` })).toEqual(['A: the service prod']);
    expect(found({ A: 'postgres://?host=127.0.0.1&port=20001' })).toEqual([]);
    expect(found({ A: 'host=prod.example.com dbname=app' })).toEqual(['A: prod.example.com:5432']);
    expect(found({ A: "dbname='app' host='127.0.0.1' port=20001" })).toEqual([]);
    expect(found({ A: 'service=prod' })).toEqual(['A: the service prod']);
    expect(found({ A: 'a=b host=x', OPTS: '--max-old-space-size=4096' })).toEqual([]);
  });

  it('never shows a part of a password that was written as it is', () => {
    expect(
      found({
        A: 'postgres://real:hunter2#x@prod.example.com/app',
        B: 'postgres://u:se/cret9@prod2.example.com:6543/app',
        C: 'postgres://u:wh?at@prod3.example.com/app',
        D: 'postgres://u:12/34@prod4.example.com/app',
        E: 'postgres://u:only-a-secret',
      }),
    ).toEqual([
      'A: prod.example.com:5432',
      'B: prod2.example.com:6543',
      'C: prod3.example.com:5432',
      'D: prod4.example.com:5432',
      'E: a place that can not be read:5432',
    ]);
  });

  it('is what apps read for a Redis, by its usual names', () => {
    expect(found({ REDIS_HOST: 'localhost', REDIS_PORT: '20002' })).toEqual([]);
    expect(found({ REDIS_URL: '127.0.0.1:20002', REDIS_HOST: '', REDIS_NAMESPACE: 'shop' })).toEqual([]);
    expect(found({ REDIS_HOST: 'cache.example.com' })).toEqual(['REDIS_HOST: cache.example.com:6379']);
    expect(found({ CACHE_REDIS_HOST: '127.0.0.1', CACHE_REDIS_PORT: '6380' })).toEqual([
      'CACHE_REDIS_HOST: 127.0.0.1:6380',
    ]);
    expect(found({ REDIS_URL: 'cache.example.com:6380' })).toEqual(['REDIS_URL: cache.example.com:6380']);
    expect(found({ REDIS_NODES: '127.0.0.1:20002,n2.example.com:7001' })).toEqual(['REDIS_NODES: n2.example.com:7001']);
    expect(found({ REDIS_URL: 'unix:///run/redis.sock' })).toEqual(['REDIS_URL: a local socket']);
    expect(found({ REDIS_URL: 'redis://:secret@cache.example.com' })).toEqual(['REDIS_URL: cache.example.com:6379']);
  });

  it('is the host of a database in a variable of a usual name, unless it is this machine or a service', () => {
    expect(found({ DB_HOST: 'prod.example.com', DB_PORT: '5432', DB_USERNAME: 'app' })).toEqual([
      'DB_HOST: prod.example.com',
    ]);
    for (const name of ['DATABASE_HOST', 'POSTGRES_HOST', 'MYSQL_HOST', 'PROD_DB_HOSTNAME', 'DB_HOST_READ']) {
      expect(found({ [name]: 'prod.example.com:6543' })).toEqual([`${name}: prod.example.com:6543`]);
    }
    expect(found({ DB_HOST: 'localhost', DATABASE_HOST: '127.0.0.1', POSTGRES_HOST: '::1', MYSQL_HOST: '' })).toEqual(
      [],
    );
    expect(found({ DB_HOST: '/var/run/postgresql' })).toEqual(['DB_HOST: a local socket']);
    expect(found({ HOST: 'web.example.com', MAIL_HOST: 'mail.example.com', DB_NAME: 'prod' })).toEqual([]);
    expect(foreignAddresses(new Map([['DB_HOST', 'db']]), [], ['db'])).toEqual([]);
    expect(found({ A: 'Server=prod.example.com,1433;Database=x;User Id=u;Password=hunter2' })).toEqual([
      'A: prod.example.com',
    ]);
    expect(found({ A: 'Host=127.0.0.1;Port=20001;Database=x' })).toEqual([]);
  });

  it('is what libpq reads from variables, too', () => {
    expect(found({ PGHOST: '127.0.0.1', PGPORT: '20001', PGUSER: 'u', PGDATABASE: 'shop' })).toEqual([]);
    expect(found({ PGUSER: 'u', PGPASSWORD: 'secret' })).toEqual([]);
    expect(found({ PGHOST: 'db.example.com' })).toEqual(['PGHOST: db.example.com:5432']);
    expect(found({ PGHOST: '127.0.0.1' })).toEqual(['PGHOST: 127.0.0.1:5432']);
    expect(found({ PGHOST: '/var/run/postgresql' })).toEqual(['PGHOST: a local socket']);
    expect(found({ PGPORT: '5433' })).toEqual(['PGPORT: port 5433 of this machine']);
    expect(found({ PGSERVICE: 'prod' })).toEqual(['PGSERVICE: the service prod']);
  });
});
