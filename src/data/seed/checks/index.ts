export { fits } from './fits.ts';
export { partsOf } from './parts.ts';
export { domainsOf, rulesOf, type TableRules } from './rules.ts';
export { textsOf } from './text/texts.ts';
