import type { DigestedKey } from '../../../core/data/key-diff.ts';
import type { RedisConnection } from '../connection.ts';
import { scan } from './scan.ts';
import { evaluate } from './server.ts';

const KEYS = 500;

/**
 * Digests of keys. ARGV: database, keys. What has no order is sorted first: two servers, or one after a restart, keep the
 * same members in another one. Types of modules are told apart by their payload.
 */
const DIGESTS = `
redis.call('SELECT', ARGV[1])
local function joined(parts)
  for i = 1, #parts do parts[i] = #parts[i] .. ':' .. parts[i] end
  return parts
end
local function sorted(parts)
  joined(parts)
  table.sort(parts)
  return table.concat(parts)
end
local function pairsOf(words)
  local parts = {}
  for i = 1, #words, 2 do parts[#parts + 1] = #words[i] .. ':' .. words[i] .. words[i + 1] end
  return sorted(parts)
end
local function flat(value)
  if type(value) ~= 'table' then return tostring(value) end
  local parts = {}
  for i = 1, #value do parts[i] = flat(value[i]) end
  return table.concat(joined(parts))
end
local read = {
  string = function(key) return redis.call('GET', key) end,
  hash = function(key) return pairsOf(redis.call('HGETALL', key)) end,
  set = function(key) return sorted(redis.call('SMEMBERS', key)) end,
  zset = function(key) return flat(redis.call('ZRANGE', key, 0, -1, 'WITHSCORES')) end,
  list = function(key) return flat(redis.call('LRANGE', key, 0, -1)) end,
  stream = function(key) return flat(redis.call('XRANGE', key, '-', '+')) end,
}
local out = {}
for i = 2, #ARGV do
  local kind = redis.call('TYPE', ARGV[i]).ok
  local of = read[kind] or function(key) return redis.call('DUMP', key) end
  out[#out + 1] = kind == 'none' and '' or kind .. redis.sha1hex(of(ARGV[i]))
end
return out
`;

/** Of all keys of databases that are the app's (`from` itself), or hold a copy of one (`at`). */
export async function* digests(
  connection: RedisConnection,
  databases: readonly { readonly from: number; readonly at: number }[],
): AsyncIterable<DigestedKey> {
  const origins = new Map(databases.map(({ from, at }) => [at, from]));
  for await (const { at, names } of scan(connection, [...origins.keys()], KEYS)) {
    const found = (await evaluate(connection, DIGESTS, [String(at), ...names])) as readonly Buffer[];
    for (const [index, name] of names.entries()) {
      const digest = String(found[index] ?? '');
      // It has ended since it was listed.
      if (digest !== '') yield { database: origins.get(at) as number, key: name.toString('latin1'), digest };
    }
  }
}
