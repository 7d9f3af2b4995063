import { APP_DATABASES, MARKS } from '../../../core/data/redis-copies.ts';

/** The hash with devenv's marks, in the last database: `environment`, `generation`, and each copy under `copy:ID`. */
export const HASH = 'devenv';
const COPY = 'copy:';

export function fieldOf(id: string): string {
  return `${COPY}${id}`;
}

export function idOf(field: string): string | null {
  return field.startsWith(COPY) ? field.slice(COPY.length) : null;
}

/** List of a spare's keys that live for a time: database, key, milliseconds. That begins when they become live. */
export function lifetimesOf(id: string): string {
  return `${HASH}:ttl:${id}`;
}

/** The same of keys that have become live, until all of them have begun to age. */
export const LIVE_LIFETIMES = `${HASH}:ttl`;

/**
 * Scripts (EVAL) run whole or not at all, nobody else runs in between, and what they wrote is one transaction in the
 * append-only file. A script's SELECT is its own: the connection stays where it is.
 */
const READ_LIVE = `
local sizes, used = {}, 0
for d = 0, ${APP_DATABASES - 1} do
  redis.call('SELECT', d)
  sizes[d] = redis.call('DBSIZE')
  if sizes[d] > 0 then used = used + 1 end
end
`;

/** Writes the record of a copy; Lua would write an empty table as a list. */
const RECORD = `
local function record(id, generation, created, slots, keys)
  redis.call('SELECT', ${MARKS})
  local parts = {}
  for d, s in pairs(slots) do parts[#parts + 1] = '"' .. d .. '":' .. s end
  local text = '{"generation":' .. cjson.encode(generation) .. ',"origin":null,"created":' .. cjson.encode(created)
    .. ',"keys":' .. keys .. ',"complete":true,"slots":{' .. table.concat(parts, ',') .. '}}'
  redis.call('HSET', '${HASH}', '${COPY}' .. id, text)
end
`;

/**
 * Swaps a copy, or with an empty id nothing, into the place of the live keys, which are kept under their generation.
 * ARGV: id of the copy or ''; its slot for each database of the app or 0; id of what is kept or '' for nothing; its
 * generation; the new generation; a time; free slots. Returns 1; 0 where the copy is gone (FLUSHALL); -n where n free
 * slots are needed.
 */
export const SWAP = `
${READ_LIVE}
${RECORD}
local at = ${APP_DATABASES + 2}
local incoming, kept, old, new, created = ARGV[1], ARGV[at], ARGV[at + 1], ARGV[at + 2], ARGV[at + 3]
redis.call('SELECT', ${MARKS})
if incoming ~= '' and redis.call('HEXISTS', '${HASH}', '${COPY}' .. incoming) == 0 then return 0 end
local need = 0
for d = 0, ${APP_DATABASES - 1} do if ARGV[d + 2] == '0' and sizes[d] > 0 then need = need + 1 end end
if need > #ARGV - at - 3 then return -need end
local slots, keys, free = {}, 0, at + 4
for d = 0, ${APP_DATABASES - 1} do
  local s = ARGV[d + 2]
  if s == '0' and sizes[d] > 0 then
    s = ARGV[free]
    free = free + 1
    redis.call('SELECT', s)
    redis.call('FLUSHDB', 'ASYNC')
  end
  if s ~= '0' then
    redis.call('SWAPDB', d, s)
    if sizes[d] > 0 then slots[d] = s end
    keys = keys + sizes[d]
  end
end
if incoming ~= '' then
  local times = '${HASH}:ttl:' .. incoming
  redis.call('SELECT', ${MARKS})
  if redis.call('EXISTS', times) == 1 then redis.call('RENAME', times, '${LIVE_LIFETIMES}') end
  redis.call('HDEL', '${HASH}', '${COPY}' .. incoming)
end
redis.call('SELECT', ${MARKS})
redis.call('HSET', '${HASH}', 'generation', new)
if kept ~= '' then
  record(kept, old, created, slots, keys)
else
  for _, s in pairs(slots) do
    redis.call('SELECT', s)
    redis.call('FLUSHDB', 'ASYNC')
  end
end
return 1
`;

/**
 * Lets keys that have become live begin to age, so many at a time: all of them at once would hold others up. One that
 * somebody has given a lifetime since keeps that. Returns how many are left.
 */
export const AGE = `
redis.call('SELECT', ${MARKS})
local list = redis.call('LPOP', '${LIVE_LIFETIMES}', 3000) or {}
local left = redis.call('LLEN', '${LIVE_LIFETIMES}') / 3
local at = nil
for i = 1, #list, 3 do
  if list[i] ~= at then
    at = list[i]
    redis.call('SELECT', at)
  end
  if redis.call('PTTL', list[i + 1]) == -1 then redis.call('PEXPIRE', list[i + 1], list[i + 2]) end
end
return left
`;

/**
 * Copies what is live, all at one moment. ARGV: id of the copy, its generation, a time, free slots. Returns 1, or -n
 * where n free slots are needed.
 */
export const DUPLICATE = `
${READ_LIVE}
${RECORD}
if used > #ARGV - 3 then return -used end
local slots, keys, free = {}, 0, 4
for d = 0, ${APP_DATABASES - 1} do
  if sizes[d] > 0 then
    local s = ARGV[free]
    free = free + 1
    redis.call('SELECT', s)
    redis.call('FLUSHDB', 'ASYNC')
    redis.call('SELECT', d)
    for _, key in ipairs(redis.call('KEYS', '*')) do redis.call('COPY', key, key, 'DB', s) end
    slots[d] = s
    keys = keys + sizes[d]
  end
end
record(ARGV[1], ARGV[2], ARGV[3], slots, keys)
return 1
`;

/** Reads keys of a slot for keeping. ARGV: slot, keys. Returns for each key its milliseconds to live and its payload. */
export const DUMP = `
redis.call('SELECT', ARGV[1])
local out = {}
for i = 2, #ARGV do
  local payload = redis.call('DUMP', ARGV[i])
  out[#out + 1] = redis.call('PTTL', ARGV[i])
  out[#out + 1] = payload or ''
end
return out
`;

/**
 * Writes keys into a slot of a copy that is being made. ARGV: id of the copy, database of the app, slot, then of each key
 * the name, milliseconds to live or 0, and payload. Returns 0 where the copy is gone, and its slots are another's.
 */
export const RESTORE = `
redis.call('SELECT', ${MARKS})
if redis.call('HEXISTS', '${HASH}', '${COPY}' .. ARGV[1]) == 0 then return 0 end
for i = 4, #ARGV, 3 do
  if ARGV[i + 1] ~= '0' then redis.call('RPUSH', '${HASH}:ttl:' .. ARGV[1], ARGV[2], ARGV[i], ARGV[i + 1]) end
end
redis.call('SELECT', ARGV[3])
for i = 4, #ARGV, 3 do redis.call('RESTORE', ARGV[i], 0, ARGV[i + 2], 'REPLACE') end
return 1
`;

/** Writes the record of a copy anew, unless it is gone. ARGV: id, record. Returns whether it was there. */
export const SETTLE = `
redis.call('SELECT', ${MARKS})
if redis.call('HEXISTS', '${HASH}', '${COPY}' .. ARGV[1]) == 0 then return 0 end
redis.call('HSET', '${HASH}', '${COPY}' .. ARGV[1], ARGV[2])
return 1
`;
