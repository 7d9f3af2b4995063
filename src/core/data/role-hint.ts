/** What helps where a migration or a seed makes a role that is there: roles are the server's, and no reset removes them. */
export function roleHints(said: string): readonly string[] {
  if (!/role ".*" already exists/.test(said)) return [];
  return [
    'Roles belong to the whole server: let it make one only where it is missing, or devenv down --data and devenv up.',
  ];
}
