/** A program that serves the app while it is developed. */
export interface Framework {
  /** Its program, as the first words of a script. */
  readonly program: RegExp;
  readonly name: string;
  readonly port: number;
  /** Whether it listens on the port in PORT by itself. */
  readonly readsPort: boolean;
  /** The file beside package.json whose `server: { port }` counts for more than its own port. */
  readonly settings?: RegExp;
  /** What makes it listen there: flags that stand last win over those of the script. */
  readonly flags: string;
}

const LOCAL = '--host 127.0.0.1';
const VITE = /^vite\.config\.[cm]?[jt]s$/;

/** Of two that match the first counts. */
export const FRAMEWORKS: readonly Framework[] = [
  { name: 'Next.js', program: /^next dev\b/, port: 3000, readsPort: true, flags: '-p $PORT' },
  { name: 'Next.js', program: /^next start\b/, port: 3000, readsPort: true, flags: '-p $PORT' },
  {
    name: 'Nuxt',
    program: /^(nuxt|nuxi)( dev)?\b/,
    port: 3000,
    settings: /^nuxt\.config\.[cm]?[jt]s$/,
    readsPort: false,
    flags: `${LOCAL} --port $PORT`,
  },
  {
    name: 'React Router',
    program: /^react-router dev\b/,
    port: 5173,
    settings: VITE,
    readsPort: false,
    flags: `${LOCAL} --port $PORT --strictPort`,
  },
  {
    name: 'Remix',
    program: /^remix vite:dev\b/,
    port: 5173,
    settings: VITE,
    readsPort: false,
    flags: `${LOCAL} --port $PORT --strictPort`,
  },
  { name: 'Remix', program: /^remix dev\b/, port: 3000, readsPort: true, flags: '--port $PORT' },
  {
    name: 'Astro',
    program: /^astro (dev|start|preview)\b/,
    port: 4321,
    settings: /^astro\.config\.[cm]?[jt]s$/,
    readsPort: false,
    flags: `${LOCAL} --port $PORT`,
  },
  {
    name: 'Vite',
    program: /^vite( dev| serve)?(?! *(build|preview|optimize))( |$)/,
    port: 5173,
    settings: VITE,
    readsPort: false,
    flags: `${LOCAL} --port $PORT --strictPort`,
  },
  { name: 'Create React App', program: /^(react-scripts|craco) start\b/, port: 3000, readsPort: true, flags: '' },
  {
    name: 'Vue CLI',
    program: /^vue-cli-service serve\b/,
    port: 8080,
    settings: /^vue\.config\.[cm]?[jt]s$/,
    readsPort: true,
    flags: '--port $PORT',
  },
  { name: 'Angular', program: /^ng (serve|s)\b/, port: 4200, readsPort: false, flags: `${LOCAL} --port $PORT` },
  { name: 'Gatsby', program: /^gatsby develop\b/, port: 8000, readsPort: false, flags: '-H 127.0.0.1 -p $PORT' },
  {
    name: 'webpack',
    program: /^(webpack serve|webpack-dev-server)\b/,
    port: 8080,
    settings: /^webpack\.config\.[cm]?[jt]s$/,
    readsPort: false,
    flags: `${LOCAL} --port $PORT`,
  },
  { name: 'Parcel', program: /^parcel(?! (build|watch))\b/, port: 1234, readsPort: false, flags: '-p $PORT' },
  { name: 'Wrangler', program: /^wrangler dev\b/, port: 8787, readsPort: false, flags: '--ip 127.0.0.1 --port $PORT' },
  { name: 'Strapi', program: /^strapi (develop|dev|start)\b/, port: 1337, readsPort: true, flags: '' },
];

/** Libraries of servers that the app starts itself: it is up to its code whether it reads PORT. */
export const SERVER_LIBRARIES = [
  ...['express', 'fastify', 'koa', '@hapi/hapi', 'hono', '@nestjs/core', 'restify', 'polka', 'h3', 'elysia'],
  ...['@feathersjs/express', '@apollo/server', 'graphql-yoga', '@adonisjs/core', 'sails', 'micro', 'socket.io'],
] as const;

export const SERVER_PORT = 3000;
