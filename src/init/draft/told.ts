import type { DetailFinding, Finding, NeedFinding, VariableFinding } from '../finding.ts';
import { isIdentifier } from './names.ts';
import { isPostgres, isRedis, readAddress } from './url.ts';

/** Addresses in examples: an app that is given one talks with such a server. */
export function neededBy(findings: readonly Finding[]): readonly NeedFinding[] {
  return findings.flatMap((finding): readonly NeedFinding[] => {
    const address = finding.kind === 'variable' ? readAddress(finding.example ?? '') : undefined;
    if (!address) return [];
    const engine = isPostgres(address) ? 'postgres' : isRedis(address) ? 'redis' : undefined;
    return engine ? [{ kind: 'need', engine, evidence: finding.evidence }] : [];
  });
}

const NAME_OF_DATABASE = /^(PGDATABASE|(POSTGRES|POSTGRESQL|PG|DB|DATABASE)_(DB|NAME|DATABASE))$/;

/** The name of the database in examples, of the first that isn't for tests. */
export function databasesIn(findings: readonly Finding[]): readonly DetailFinding[] {
  const variables = findings.filter((finding): finding is VariableFinding => finding.kind === 'variable');
  return variables.flatMap(({ name, example = '', evidence }): readonly DetailFinding[] => {
    const address = readAddress(example);
    const value = address && isPostgres(address) ? address.path : NAME_OF_DATABASE.test(name) ? example : '';
    if (/TEST|SHADOW/.test(name) || !isIdentifier(value)) return [];
    return [{ kind: 'detail', engine: 'postgres', key: 'database', value, evidence }];
  });
}
