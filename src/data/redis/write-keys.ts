/**
 * Script for Redis (EVAL) that writes keys: one command for thousands of keys, where each of their own would cost the
 * client a request and a reply. A script runs whole or not at all, and nobody else in between. ARGV: `1` to write keys
 * that exist anew, else `0`; then for each key its name, the number of its commands, and for each of these the number of
 * its words and the words. Returns how many keys were written.
 */
export const WRITE_KEYS = `
local at, written = 2, 0
while at <= #ARGV do
  local key, commands = ARGV[at], tonumber(ARGV[at + 1])
  at = at + 2
  local write = true
  if ARGV[1] == '1' then redis.call('UNLINK', key) else write = redis.call('EXISTS', key) == 0 end
  for _ = 1, commands do
    local words = tonumber(ARGV[at])
    if write then redis.call(unpack(ARGV, at + 1, at + words)) end
    at = at + words + 1
  end
  if write then written = written + 1 end
end
return written
`;
