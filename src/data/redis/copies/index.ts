export { compareKeys } from './compare.ts';
export { age, type Followed, type FollowOptions, follow } from './follow.ts';
export { duplicate, readKeys } from './make.ts';
export { dropKeys, emptyKeys, type Found, liveKeys, readMarks, setMark } from './marks.ts';
export type { KeptKey, KeyParcel, RedisServer } from './server.ts';
export { dropOutdated, makeSpares } from './tidy.ts';
