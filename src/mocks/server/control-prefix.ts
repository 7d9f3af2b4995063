/** Below this path nothing is any provider's: devenv itself asks there. */
export const CONTROL_PREFIX = '/_devenv';
