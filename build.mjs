import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, readdir, readFile, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';

const { version } = JSON.parse(await readFile('package.json', 'utf8'));

/**
 * dockerode loads gRPC and SSH up front, for image builds with BuildKit and for remote engines, neither of which devenv
 * uses. Without them its start takes a fifth of the time.
 */
const withoutUnusedTransports = {
  name: 'without-unused-transports',
  setup(builder) {
    const unused = /^(@grpc\/grpc-js|@grpc\/proto-loader|ssh2)$/;
    builder.onResolve({ filter: unused }, ({ path }) => ({ path, namespace: 'unused' }));
    builder.onLoad({ filter: /.*/, namespace: 'unused' }, () => ({ contents: 'module.exports = {};' }));
  },
};

const { metafile } = await build({
  entryPoints: {
    main: 'src/main.ts',
    supervisor: 'src/supervisor/main.ts',
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
  define: { DEVENV_VERSION: JSON.stringify(version) },
  // CommonJS libraries inside the bundle still call require for Node's own modules.
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
  // Its CommonJS build, which Node gets by default, has no named exports when it is imported lazily from a bundle.
  alias: { yaml: join(import.meta.dirname, 'node_modules/yaml/browser/index.js') },
  external: ['jiti', 'pg-native', 'cpu-features'],
  plugins: [withoutUnusedTransports],
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
