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

/**
 * List of a spare's keys that live for a time: database, key, milliseconds. That begins when they become live; until they
 * have been told to, they bear FAR. Those that have SOON or less to live come first.
 */
export function lifetimesOf(id: string): string {
  return `${HASH}:ttl:${id}`;
}

/** The same of keys that have become live, until all of them have begun to age. */
export const LIVE_LIFETIMES = `${HASH}:ttl`;
/** When they became live: milliseconds since 1970, by the server's clock. */
const LIVE_SINCE = 'since';

/**
 * The moment, in the year 2248, until which a key lives that is to be given a lifetime: who writes it anew, or gives it
 * another one, takes that away, so that what is not the copy's any more is seen, and left alone.
 */
export const FAR = 2 ** 43;
/** Milliseconds. Keys that live longer than a minute need not be told at once when that minute begins. */
export const SOON = 60_000;
/** How many keys are told how long they live by the swap itself, which holds others up for as long. */
const AT_ONCE = 2_000;

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
 * Lets the next of the keys that have become live begin to age. It counts from when they became live, however late this
 * is; one that somebody has written or given a lifetime since is left alone.
 */
const BEGIN_TO_AGE = `
local function beginToAge(count)
  redis.call('SELECT', ${MARKS})
  local since = tonumber(redis.call('HGET', '${HASH}', '${LIVE_SINCE}'))
  local time = redis.call('TIME')
  local far = ${FAR} - time[1] * 1000 - 60000
  local list = redis.call('LPOP', '${LIVE_LIFETIMES}', 3 * count)
  local at = nil
  for i = 1, #list, 3 do
    if list[i] ~= at then
      at = list[i]
      redis.call('SELECT', at)
    end
    if since and redis.call('PTTL', list[i + 1]) > far then
      redis.call('PEXPIREAT', list[i + 1], string.format('%.0f', since + list[i + 2]))
    end
  end
end
`;

/**
 * Swaps a copy, or with an empty id nothing, into the place of the live keys, which are kept under their generation. As
 * many as AT_ONCE begin to age with it, so that nobody sees what they bore before. ARGV: id of the copy or '';
 * its slot for each database of the app or 0; id of what is kept or '' for nothing; its generation; the new generation; a
 * time; free slots. Returns 1; 0 where the copy is gone (FLUSHALL); -n where n free slots are needed.
 */
export const SWAP = `
${READ_LIVE}
${RECORD}
${BEGIN_TO_AGE}
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
local ageless = false
if incoming ~= '' then
  local times = '${HASH}:ttl:' .. incoming
  redis.call('SELECT', ${MARKS})
  if redis.call('EXISTS', times) == 1 then
    local time = redis.call('TIME')
    redis.call('RENAME', times, '${LIVE_LIFETIMES}')
    redis.call('HSET', '${HASH}', '${LIVE_SINCE}', string.format('%.0f', time[1] * 1000 + math.floor(time[2] / 1000)))
    ageless = true
  end
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
if ageless then beginToAge(${AT_ONCE}) end
return 1
`;

/**
 * Lets keys that have become live begin to age, so many at a time: all of them at once would hold others up. ARGV:
 * milliseconds; nothing is done once only keys are left that have more to live. Returns whether to go on.
 */
export const AGE = `
${BEGIN_TO_AGE}
redis.call('SELECT', ${MARKS})
local first = redis.call('LINDEX', '${LIVE_LIFETIMES}', 2)
if not first or tonumber(first) > tonumber(ARGV[1]) then return 0 end
beginToAge(1000)
return 1
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
  local list, ttl = '${HASH}:ttl:' .. ARGV[1], tonumber(ARGV[i + 1])
  if ttl > ${SOON} then redis.call('RPUSH', list, ARGV[2], ARGV[i], ARGV[i + 1])
  elseif ttl > 0 then redis.call('LPUSH', list, ARGV[i + 1], ARGV[i], ARGV[2]) end
end
redis.call('SELECT', ARGV[3])
for i = 4, #ARGV, 3 do
  redis.call('RESTORE', ARGV[i], ARGV[i + 1] == '0' and '0' or '${FAR}', ARGV[i + 2], 'REPLACE', 'ABSTTL')
end
return 1
`;

/** Writes the record of a copy anew, unless it is gone. ARGV: id, record. Returns whether it was there. */
export const SETTLE = `
redis.call('SELECT', ${MARKS})
if redis.call('HEXISTS', '${HASH}', '${COPY}' .. ARGV[1]) == 0 then return 0 end
redis.call('HSET', '${HASH}', '${COPY}' .. ARGV[1], ARGV[2])
return 1
`;
