/** Tiers that need not be named in a configuration. */
export const TIERS: readonly string[] = ['development', 'preview', 'staging', 'production'];
