/** Words that carry no topic: of the language, and of asking somebody to write something. */
const EMPTY = new Set(
  `a about above after again all already also am an and any are as at be because been before being below between both but
  by can could did do does doing down during each few for from further get give had has have having he her here hers him
  his how i if in into is it its itself just let like make may me might more most must my no nor not now of off on once
  one only or other our out over own please same she should so some still such tell than that the their them then there
  these they this those through to too under until up us use using very want was we were what when where which while who
  why will with would yet you your yours yourself
  answer article asked assistant blog brief briefly catchy commit compose concise concisely create describe description
  detail detailed draft email essay eur exactly examples explain extract following friendly generate good haiku headline
  hello helpful hey hi idea ideas item items json keywords know letter list mail message need new nice paragraph poem post
  product provide quick reply respond response return say sentence sentences short shortly show simple slogan story
  suggest suggestions summaries summarise summarize summary text think title translate two usd word words write`
    .split(/\s+/)
    .filter(Boolean),
);

/** What may stand before the topic: "Could you please write me a short…". */
const LEADS = [
  /^(?:hi|hello|hey|dear \w+)[,!. ]+/i,
  /^(?:please|kindly)[, ]+/i,
  /^(?:can|could|would|will) you (?:please )?/i,
  /^(?:i(?:'d| would) like(?: you)? to|i want(?: you)? to|i need(?: you)? to|help me(?: to)?|let's) /i,
  /^(?:write|draft|compose|create|generate|describe|explain|tell|give|show|say|make|suggest|list|name|provide|summari[sz]e|translate|extract|answer|compare|analy[sz]e|discuss|find|outline|solve|calculate|compute)\b (?:me |us |to me )?/i,
  /^(?:about|of|on|what(?:'s| is| are| was| were)|who(?:'s| is| was| are)|how (?:(?:do|can|should|would|does) (?:i|you|we|one)\b|does|did|to|is|are)|why (?:do|does|is|are)|where (?:is|are)|when (?:is|was|did|does)|is|are|does|do|which) /i,
  /^(?:an?|the|some|one|my|our|your|this|these|it) /i,
  /^(?:\d{1,3}|two|three|four|five|six|seven|eight|nine|ten|few|several) /i,
  /^(?:good |bullet )?(?:reasons?|ideas?|tips|ways|steps|facts|points|bullets|examples?|suggestions?|benefits|names?|jokes?) (?:to|for|about|of|on) /i,
  /^(?:short|brief|quick|detailed|one-sentence|catchy|simple|nice|good|friendly|concise|few) /i,
  /^[\w-]+(?: [\w-]+)? (?:about|for|on|describing|regarding|called|named) /i,
  /^(?:description|summary|list|overview|story|poem|review|explanation|history) of /i,
  /^(?:an?|the|some|one|my|our|your|this|these) /i,
];

/** How it is to be said is no part of what it is about. */
const FORM_BEHIND =
  / (?:in|with|as|using) (?:at most |exactly |about |only )?(?:an?|\d{1,4}|one|two|three|four|five|six|seven|eight|nine|ten) (?:[\w-]{1,12} )?(?:sentences?|words?|lines?|paragraphs?|bullets?|points)$/i;

const LONGEST_TOPIC = 8;
/** Characters among which a topic is looked for. */
const READ = 20_000;
const LONGEST_SENTENCE = 1000;

/** Stands for the topic of a request that tells none. */
export const NO_TOPIC = 'your request';

export function wordsOf(text: string): string[] {
  return text.match(/[\p{L}\p{N}][\p{L}\p{N}'’-]*/gu) ?? [];
}

export function sentencesOf(text: string): string[] {
  return text.match(/[^\s][^.!?\n]*(?:[.!?](?![\s\n]|$)[^.!?\n]*)*[.!?]?/g)?.map((sentence) => sentence.trim()) ?? [];
}

/** What a request is about, as it stands in it: "Write a slogan for a blue ceramic mug" → "blue ceramic mug". */
export function topicOf(text: string): string {
  const first = sentencesOf(text.slice(0, READ)).find(hasKeyword)?.slice(0, LONGEST_SENTENCE) ?? '';
  // "A commit message for: …" is about what follows.
  const behind = /\b(?:for|of|about|on|following|this|these)(?: \w+)?:\s*(.+)$/is.exec(first)?.[1] ?? '';
  let topic = (hasKeyword(behind) ? behind : first).replace(/[\s.!?:;,]+$/, '').replace(FORM_BEHIND, '');
  for (const lead of LEADS) {
    const rest = topic.replace(lead, '');
    if (rest !== topic && hasKeyword(rest)) topic = rest;
  }
  return (
    topic
      .split(/[:;\n]/)[0]
      ?.split(/\s+/)
      .slice(0, LONGEST_TOPIC)
      .join(' ')
      .replace(/[,\s]+$/, '') || NO_TOPIC
  );
}

/** Whether any word of a text tells a topic. */
export function hasKeyword(text: string): boolean {
  return wordsOf(text).some(isKeyword);
}

/** Whether a word, in lower case, carries no topic. */
export function isEmpty(word: string): boolean {
  return EMPTY.has(word);
}

/** The words of a name in code, in lower case: `dueDate` and `due_date` are "due" and "date". */
export function partsOf(name: string): string[] {
  return wordsOf(
    name
      .replace(/([a-z])([A-Z])/g, '$1 $2')
      .replace(/[_-]/g, ' ')
      .toLowerCase(),
  );
}

function isKeyword(word: string): boolean {
  return word.length > 1 && /^\p{L}/u.test(word) && !EMPTY.has(word.toLowerCase());
}

/** The words that tell the topic, the most frequent first, then in the order of the text. */
export function keywordsOf(text: string, most: number): string[] {
  const counts = new Map<string, { readonly word: string; count: number }>();
  for (const word of wordsOf(text)) {
    if (!isKeyword(word)) continue;
    const key = word.toLowerCase();
    const known = counts.get(key);
    if (known) known.count += 1;
    else counts.set(key, { word, count: 1 });
  }
  const found = [...counts.values()].sort((a, b) => b.count - a.count);
  return found.slice(0, most).map(({ word }) => word);
}

export function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
