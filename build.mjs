import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, readdir, readFile, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';

const { version } = JSON.parse(await readFile('package.json', 'utf8'));

/**
 * What libraries load up front and devenv never uses, together a quarter of the time that an idle `up` computes:
 * dockerode's gRPC and SSH (image builds with BuildKit, remote engines) and its packing of folders; and all of fetch,
 * which pg loads to find out whether it runs at Cloudflare.
 */
const withoutUnusedParts = {
  name: 'without-unused-parts',
  setup(builder) {
    const unused = /^(@grpc\/grpc-js|@grpc\/proto-loader|ssh2|protobufjs.*|tar-fs)$/;
    builder.onResolve({ filter: unused }, ({ path }) => ({ path, namespace: 'unused' }));
    builder.onLoad({ filter: /.*/, namespace: 'unused' }, () => ({ contents: 'module.exports = {};' }));
    builder.onLoad({ filter: /pg[\\/]lib[\\/]stream\.js$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      const asked = 'function isCloudflareRuntime() {';
      if (!source.includes(asked)) throw new Error(`${path} no longer has ${asked}`);
      return { contents: source.replace(asked, `${asked} return false;`) };
    });
  },
};

const { metafile } = await build({
  entryPoints: {
    main: 'src/main.ts',
    supervisor: 'src/supervisor/main.ts',
    mocks: 'src/mocks/main.ts',
    'define-config': 'src/config/define-config.ts',
    schema: 'src/config/write-schema.ts',
  },
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  // Flat: every chunk finds the package's other files at the same relative place.
  chunkNames: '[name]-[hash]',
  define: {
    DEVENV_VERSION: JSON.stringify(version),
    // The screen's React without its checks for developers of components.
    'process.env.NODE_ENV': JSON.stringify('production'),
    'process.env.DEV': JSON.stringify('false'),
  },
  jsx: 'automatic',
  // CommonJS libraries inside the bundle still call require for Node's own modules.
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
  // Its CommonJS build, which Node gets by default, has no named exports when it is imported lazily from a bundle.
  alias: { yaml: join(import.meta.dirname, 'node_modules/yaml/browser/index.js') },
  external: ['@faker-js/faker', 'jiti', 'libpg-query', 'open', 'pg-native', 'cpu-features', 'react-devtools-core'],
  plugins: [withoutUnusedParts],
  minifySyntax: true,
  minifyWhitespace: true,
  logLevel: 'warning',
  metafile: true,
});

// Chunks of an earlier build go only now: a devenv that runs meanwhile always finds its own.
for (const name of await readdir('dist')) {
  if (name.endsWith('.js') && !(`dist/${name}` in metafile.outputs)) await rm(`dist/${name}`);
}
await chmod('dist/main.js', 0o755);

// The types of `defineConfig`, for editors.
execFileSync('node_modules/.bin/tsc', ['-p', 'tsconfig.types.json'], { stdio: 'inherit' });

// `npx devenv` in this checkout finds the bin at once, instead of installing the package into npx's cache first.
if (existsSync('node_modules/.bin')) {
  await rm('node_modules/.bin/devenv', { force: true });
  await symlink('../../dist/main.js', 'node_modules/.bin/devenv');
}
