/** Words that mean nearly the same where somebody says something and a program names it. */
const GROUPS = [
  'due deadline payable expires expiry until before by',
  'start starts starting begin begins from since between arrival arriving checkin check-in departure leaving leave depart outbound',
  'end ends ending to until till through checkout check-out return returning and',
  'date dated on issued issue day',
  'time at hour clock',
  'total sum amount altogether overall price cost costs',
  'vendor supplier seller merchant company issuer from',
  'customer client buyer user patient billed',
  'sender from author',
  'recipient to addressee receiver',
  'origin from source departure',
  'destination to target arrival',
  'quantity count qty number pieces piece times units unit copies',
  'age years year old aged',
  'people person persons guests guest party attendees participants seats adults passengers',
  'duration hours minutes days weeks months length long',
  'distance kilometers kilometres km miles mile meters metres',
  'weight kg kilograms grams pounds lbs',
  'height tall high cm',
  'temperature degrees degree celsius fahrenheit weather forecast rain sunny warm cold hot snow',
  'rating stars star score',
  'percent percentage discount off rate',
  'phone telephone tel mobile cell',
  'mail email e-mail message letter inbox',
  'weather forecast temperature',
  'send sent forward deliver',
  'search find look lookup seek query google',
  'create add new make open insert register',
  'delete remove cancel drop erase',
  'update change edit modify set rename',
  'calculate compute calculator math add subtract multiply divide sum plus minus times',
  'book reserve reservation booking schedule appointment meeting calendar event remind reminder',
  'billing invoice invoices charge charged payment refund paid money price card',
  'technical bug error crash crashes crashed broken login exception app software',
  'shipping delivery package parcel arrived shipment delivered ship shipped tracking',
  'stock share shares price ticker market',
  'translate translation language',
  'flight fly airport airline plane',
  'hotel room stay night nights accommodation',
  'news headline headlines',
  'order orders purchase buy bought',
  'city town place location where',
  'population people inhabitants live',
  'description describe text content',
];

/** Of words that mean nearly the same. */
const NEAR = 0.6;

const INDEX = new Map<string, number[]>();
for (const [index, group] of GROUPS.entries()) {
  for (const word of group.split(' ')) INDEX.set(word, [...(INDEX.get(word) ?? []), index]);
}

/** Without the ending of its form: "orders", "ordered" and "order" are one word. */
export function stem(word: string): string {
  return word.length > 3 ? word.replace(/(?:es|s|ing|ed|e)$/, '') : word;
}

/** 1 for the same word, less for one that means nearly the same, else 0. Both in lower case. */
export function relation(a: string, b: string): number {
  if (stem(a) === stem(b)) return 1;
  const others = groupsOf(b);
  return groupsOf(a).some((group) => others.includes(group)) ? NEAR : 0;
}

/** The best relation of a word to any of many, which are looked at once. */
export function relationTo(words: readonly string[]): (word: string) => number {
  const stems = new Set(words.map(stem));
  const groups = new Set(words.flatMap(groupsOf));
  return (word) => (stems.has(stem(word)) ? 1 : groupsOf(word).some((group) => groups.has(group)) ? NEAR : 0);
}

function groupsOf(word: string): readonly number[] {
  return INDEX.get(word) ?? INDEX.get(stem(word)) ?? [];
}
