import type OpenAI from 'openai';

export type Category = keyof OpenAI.Moderation['categories'];

/** Lists of words; `*` stands for any ending. */
export interface Sign {
  readonly words: string;
  /** Of each list one has to be near. */
  readonly near?: readonly string[];
  /** None of these may be near: what makes it harmless. */
  readonly unless?: string;
}

const GROUPS = `immigrant* migrant* refugee* foreigner* muslim* islam jew jews jewish christian* hindu* black blacks white
  whites asian* african* arab* mexican* latino* gay gays lesbian* homosexual* queer* trans transgender* women woman girls
  disabled gypsies roma indian* chinese`;
const SOMEBODY = `you him her them he she they people everyone everybody someone somebody wife husband boss neighbor*
  neighbour* kid kids child children man woman men women girl boy`;
const MINORS =
  'child children minor minors underage kid kids schoolgirl schoolboy teen teens teenage* preteen* toddler*';
const MACHINES = `process* linux unix server* task* job* port daemon thread* session* app apps application* program* pid
  container* pod pods switch bug bugs time lights engine connection* feature* command terminal script* browser tab tabs
  database docker node zombie idea joke vibe weed* cancer bacteria virus*`;
const PICTURES =
  'photo* picture* video* film* movie* image* camera* scene* email* mail message* hoops basketball penalty goal stars';
const WANTS = 'want wanna wants going gonna will ill plan planning thinking should ready intend';
const HOW = 'how ways way best method* instructions guide steps tutorial teach';
const MAKING = 'make making build building assemble create cook cooking produce grow buy buying get synthesize sell';

/** What texts are flagged by. */
export const SIGNS: Readonly<Record<Category, readonly Sign[]>> = {
  harassment: [
    { words: 'idiot* moron* loser* scumbag* bitch bastard asshole*' },
    {
      words: 'stupid pathetic worthless ugly dumb disgusting useless',
      near: ["you you're youre he she they"],
      unless: 'question* feel code bug app machine error product',
    },
  ],
  'harassment/threatening': [
    { words: 'threaten*', unless: 'feel felt endangered species weather non life-threatening' },
    {
      words: 'kill hurt stab shoot murder beat destroy strangle',
      near: ["will i'll ill gonna going i'm", 'you him her them'],
    },
  ],
  hate: [
    { words: 'racist* racism bigot* subhuman* vermin', unless: 'against fight* combat* prevent* stop anti history' },
    { words: 'hate hates hated despise loathe inferior disgusting deport* scum', near: [GROUPS] },
  ],
  'hate/threatening': [
    { words: 'genocide exterminate* eradicate', unless: 'history museum weeds bug* prevent*' },
    { words: 'kill* murder shoot gas hang burn attack* die', near: [GROUPS], unless: MACHINES },
  ],
  illicit: [
    { words: 'shoplift* cocaine heroin meth fentanyl' },
    { words: 'counterfeit* fake', near: [`${MAKING} ${HOW}`, 'money bill* passport* id ids currency counterfeit*'] },
    { words: 'launder* forge steal hack*', near: [HOW, 'money passport* car* card* account* bank identity'] },
  ],
  'illicit/violent': [
    {
      words: 'bomb bombs explosive explosives grenade* molotov',
      unless: 'bath growth photo* calorimeter history squad shelter bomber',
    },
    { words: 'gun guns weapon* rifle*', near: [`${MAKING} 3d print*`], unless: 'glue water nerf game* toy*' },
  ],
  'self-harm': [
    {
      words: 'kill killing hurt hurting harm harming hang hanging cut cutting drown shoot',
      near: ['myself yourself himself herself'],
    },
    { words: 'suicid* selfharm*', unless: 'prevention hotline awareness squad' },
    {
      words: 'end ending take taking',
      near: ['my', 'life'],
      unless: 'time back control easy improve better story charge',
    },
    { words: 'die dead', near: ['want wanna wish', 'i'], unless: 'hard laughing' },
  ],
  'self-harm/intent': [
    { words: 'kill killing hurt harm hang cut drown shoot', near: ['myself', `${WANTS} i`] },
    { words: 'suicid* selfharm*', near: [WANTS, "i i'm"] },
    {
      words: 'end ending take taking',
      near: ['my', 'life', WANTS],
      unless: 'time back control easy improve better story charge',
    },
    { words: 'die dead', near: ['want wanna wish', 'i'], unless: 'hard laughing' },
  ],
  'self-harm/instructions': [
    { words: 'kill killing hurt harm hang cut', near: ['myself yourself', HOW] },
    { words: 'suicid* selfharm*', near: [HOW], unless: 'prevent* help support' },
  ],
  sexual: [
    { words: 'porn* erotic* nudes orgasm* masturbat* blowjob* hentai hardcore', unless: 'band music game* mode' },
    { words: 'nude naked', unless: 'eye truth color* colour* lipstick pump* mole art statue painting' },
    {
      words: 'sex sexual*',
      near: ['explicit scene* graphic hot steamy story act acts roleplay fantasy intercourse have having want'],
      unless: 'education harassment ed research orientation',
    },
  ],
  'sexual/minors': [
    {
      words: 'porn* erotic* nude* naked sex sexual*',
      near: [MINORS],
      unless: 'education harassment abuse prevent* protect* doctor',
    },
  ],
  violence: [
    { words: 'kill* murder* slaughter*', unless: `${MACHINES} myself mystery bees mockingbird skill` },
    { words: 'stab stabs stabbed stabbing', unless: 'at' },
    { words: 'shoot* shot', near: [`${SOMEBODY} gun* school* crowd up`], unless: PICTURES },
    { words: 'attack*', near: [SOMEBODY], unless: `heart panic asthma surface vector* ddos ${MACHINES} chess` },
    { words: 'violen* torture* strangle*', unless: 'against prevent* non domestic policy' },
  ],
  'violence/graphic': [
    { words: 'gore decapitat* mutilat* dismember* disembowel* behead*', unless: 'al tex' },
    { words: 'blood bloody', near: ['guts brains ripped spilling gushing torn limbs'] },
  ],
};
