/** What everybody can name some of, by the word for one; the words that mean the same come first. */
const KINDS: readonly (readonly [string, string])[] = [
  ['color colour', 'Blue, Green, Red, Yellow, Orange, Purple, White, Black, Brown, Pink, Turquoise, Grey'],
  ['animal pet', 'Dog, Cat, Horse, Elephant, Fox, Owl, Dolphin, Bear, Rabbit, Tiger, Penguin, Otter'],
  ['fruit', 'Apple, Banana, Cherry, Orange, Pear, Grape, Mango, Strawberry, Peach, Plum, Kiwi, Lemon'],
  ['vegetable', 'Carrot, Potato, Onion, Tomato, Spinach, Broccoli, Pea, Leek, Pumpkin, Cucumber'],
  ['city capital', 'Berlin, Paris, London, Tokyo, Madrid, Oslo, Vienna, Toronto, Rome, Lisbon, Prague, Sydney'],
  ['country', 'Germany, France, Japan, Canada, Brazil, Spain, India, Kenya, Norway, Italy, Mexico, Australia'],
  ['name person', 'Alice, Bob, Carol, David, Emma, Frank, Grace, Henry, Isabel, Jack, Kate, Leo'],
  ['day weekday', 'Monday, Tuesday, Wednesday, Thursday, Friday, Saturday, Sunday'],
  ['month', 'January, February, March, April, May, June, July, August, September, October, November, December'],
  ['season', 'Spring, Summer, Autumn, Winter'],
  ['planet', 'Mercury, Venus, Earth, Mars, Jupiter, Saturn, Uranus, Neptune'],
  ['continent', 'Africa, Antarctica, Asia, Australia, Europe, North America, South America'],
  ['ocean', 'Pacific, Atlantic, Indian, Southern, Arctic'],
  ['language', 'English, Spanish, Chinese, Hindi, Arabic, French, German, Japanese, Portuguese, Russian'],
  ['sport', 'Football, Tennis, Swimming, Basketball, Cycling, Running, Volleyball, Rowing, Hockey, Golf'],
  ['drink beverage', 'Tea, Coffee, Water, Lemonade, Orange juice, Hot chocolate, Milk, Cola'],
  ['food dish meal', 'Pasta, Soup, Curry, Salad, Pizza, Risotto, Pancakes, Sushi, Stew, Tacos'],
  ['flower', 'Rose, Tulip, Daisy, Lily, Sunflower, Orchid, Violet, Poppy'],
  ['tree', 'Oak, Beech, Maple, Birch, Pine, Willow, Chestnut, Ash'],
  ['bird', 'Robin, Sparrow, Owl, Eagle, Swan, Blackbird, Heron, Kingfisher'],
  ['hobby', 'Reading, Gardening, Cooking, Painting, Hiking, Photography, Chess, Knitting'],
  ['job profession occupation', 'Teacher, Nurse, Engineer, Carpenter, Chef, Journalist, Pilot, Designer'],
  ['number', 'One, Two, Three, Four, Five, Six, Seven, Eight, Nine, Ten'],
  ['book novel', 'Moby-Dick, Pride and Prejudice, Emma, Dracula, Middlemarch, Ulysses, Walden'],
  ['instrument', 'Piano, Violin, Guitar, Flute, Drums, Cello, Trumpet, Harp'],
  ['framework', 'React, Vue, Angular, Svelte, Solid, Ember'],
  ['database', 'PostgreSQL, MySQL, SQLite, MongoDB, Redis, MariaDB'],
];

/** Of these all are meant, in their order, where no count is asked for. */
const CLOSED = new Set(['day', 'month', 'season', 'planet', 'continent', 'ocean']);
const PROGRAMMING = 'Python, TypeScript, Rust, Go, Java, C, Ruby, Kotlin, Swift, Haskell'.split(', ');

export interface Collection {
  readonly members: readonly string[];
  readonly isClosed: boolean;
}

/** The collection that a word in the plural asks for, or its singular: "colors", "cities". `text` tells which of two. */
export function collectionOf(word: string, text: string): Collection | null {
  const one = word
    .toLowerCase()
    .replace(/people$/, 'person')
    .replace(/ies$/, 'y')
    .replace(/s$/, '');
  const found = KINDS.find(([words]) => words.split(' ').includes(one));
  if (!found) return null;
  const [kind = ''] = found[0].split(' ');
  const members = kind === 'language' && /\bprogram/i.test(text) ? PROGRAMMING : found[1].split(', ');
  return { members, isClosed: CLOSED.has(kind) };
}
