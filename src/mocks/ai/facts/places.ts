import { type Fact, factAt } from './fact.ts';

/** A house in a street, in the English order or the German one. */
const STREET =
  /(?<![\p{L}\p{N}])(?:\d{1,5}[a-zA-Z]? (?:\p{Lu}[\p{L}.'’-]{1,25} ){1,3}(?:Street|St|Avenue|Ave|Road|Rd|Lane|Ln|Boulevard|Blvd|Drive|Dr|Court|Ct|Square|Sq|Way|Place|Pl)\b\.?|\p{Lu}\p{L}{2,30}(?:straße|strasse|str\.|weg|platz|allee|gasse|ring) \d{1,4}[a-z]?)/gu;

export function streetsIn(text: string): Fact[] {
  return [...text.matchAll(STREET)].map(({ 0: street, index }) => factAt(text, street, index, street.length));
}
