const REPLIES: readonly (readonly [RegExp, string])[] = [
  [
    /^(?:(?:hi|hello|hey|hiya|greetings|good (?:morning|afternoon|evening|day))(?: there| all| everyone| again| claude| chatgpt| gpt| assistant| bot)?[\s,.!]*)?(?:how are you|how(?:'s| is) it going|how do you do|what's up|how are things)(?: today| doing)*[\s?.!]*$/i,
    'I am well, thank you! How can I help you today?',
  ],
  [
    /^(?:hi|hello|hey|hiya|greetings|good (?:morning|afternoon|evening|day))\b[\w\s,'!.]{0,20}$/i,
    'Hello! How can I help you today?',
  ],
  [
    /^(?:(?:ok(?:ay)?|great|perfect|super|cool|no|yes|alright),? )?(?:thanks|thank you|thx|cheers|much appreciated)\b[^?]{0,60}$/i,
    "You're welcome! Let me know if there is anything else.",
  ],
  [
    /^(?:great|perfect|cool|nice|awesome|that(?:'s| is) all|that(?:'s| is) it|never ?mind|ok(?:ay)?|got it)\b[^?\d]{0,25}$/i,
    'Good. Let me know if there is anything else.',
  ],
  [/^(?:good ?bye|bye(?: bye)?|see you|good night|farewell)\b[^?]{0,25}$/i, 'Goodbye! It was nice to talk to you.'],
  [
    /^(?:who|what) are you[\s?.!]*$|^what(?:'s| is) your name[\s?.!]*$|^tell me about yourself[\s?.!]*$/i,
    'I am a mock of a model, made for development: I answer by rules.',
  ],
];
const LONGEST = 120;

/** The reply to what is said for politeness; null for what wants something. */
export function smallTalk(asked: string): string | null {
  const said = asked.length > LONGEST ? '' : asked.trim();
  return REPLIES.find(([pattern]) => pattern.test(said))?.[1] ?? null;
}
