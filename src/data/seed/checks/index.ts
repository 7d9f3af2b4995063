export { fits } from './fits.ts';
export { type Contradiction, domainsOf, rulesOf, type TableRules } from './rules.ts';
export { type Texts, textsOf } from './text/texts.ts';
