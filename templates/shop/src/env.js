/**
 * All configuration comes from the environment, so that a second checkout needs
 * nothing but other values. Says everything that is missing at once.
 * @param {...string} names
 * @returns {string[]} the values, in the same order
 */
export function requireEnv(...names) {
  const missing = names.filter((name) => !process.env[name]);
  if (missing.length > 0) {
    console.error(`shop: ${missing.join(', ')} not set. Start the app with devenv, or set it yourself.`);
    process.exit(1);
  }
  return names.map((name) => process.env[name]);
}
