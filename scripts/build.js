// Builds dist/: one entry that loads nothing heavy, and chunks that each command loads when it needs them.
import { chmodSync, copyFileSync, cpSync, existsSync, mkdirSync, renameSync, rmSync, statSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const dist = join(root, 'dist');

/** Newest change below a folder, in milliseconds. */
function newest(path) {
  const found = statSync(path);
  if (!found.isDirectory()) return found.mtimeMs;
  return Math.max(found.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}

const inputs = ['src', 'scripts/build.js', 'package.json'].map((name) => join(root, name));
// An installed package carries dist/ and no src/: nothing to do there.
if (!existsSync(join(root, 'src'))) process.exit(0);
const main = join(dist, 'main.js');
if (existsSync(main) && !process.argv.includes('--force') && statSync(main).mtimeMs > Math.max(...inputs.map(newest))) process.exit(0);

const { build } = await import('esbuild');
// Built aside and moved in whole: whoever starts the program meanwhile finds the old one or the new one.
const made = join(root, `.dist-${process.pid}`);
rmSync(made, { recursive: true, force: true });
mkdirSync(made, { recursive: true });
const require = createRequire(import.meta.url);

/** Libraries that few commands ever ask, and that cost each of them dear at its start: made at the first call. */
const lazily = {
  name: 'lazily',
  setup(one) {
    one.onResolve({ filter: /^string-width$/ }, ({ path, namespace }) => (namespace === 'lazily' ? undefined : { path, namespace: 'lazily' }));
    one.onLoad({ filter: /./, namespace: 'lazily' }, ({ path }) => ({ contents: `let made; export default (...all) => (made ??= require('${path}').default)(...all);`, resolveDir: root }));
  },
};

await build({
  absWorkingDir: root,
  entryPoints: { main: 'src/main.ts', 'guide-worker': 'src/commands/guide-worker.ts' },
  outdir: made,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  jsx: 'automatic',
  plugins: [lazily],
  // Names are kept as they are: to keep them beside shorter ones, each function would be told its own whenever it is made.
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'none',
  logLevel: 'warning',
  mainFields: ['module', 'main'],
  define: { 'process.env.NODE_ENV': '"production"', 'process.env.DEV': '"false"', Response: 'undefined' },
  external: ['pg-native'],
  // Ink loads its developer tools only when asked to; they are not part of the program.
  alias: { 'react-devtools-core': join(root, 'scripts/empty.js') },
  banner: { js: "import { createRequire as __createRequire } from 'node:module'; import { fileURLToPath as __fileURLToPath } from 'node:url'; import { dirname as __pathDirname } from 'node:path'; const require = __createRequire(import.meta.url); const __filename = __fileURLToPath(import.meta.url); const __dirname = __pathDirname(__filename);" },
});
const wasm = join(dirname(require.resolve('libpg-query')), 'libpg-query.wasm');
copyFileSync(existsSync(wasm) ? wasm : join(dirname(require.resolve('libpg-query')), '..', 'wasm', 'libpg-query.wasm'), join(made, 'libpg-query.wasm'));
chmodSync(join(made, 'main.js'), 0o755);
cpSync(join(root, 'LICENSE'), join(made, 'LICENSE'));
const old = join(root, `.dist-old-${process.pid}`);
if (existsSync(dist)) renameSync(dist, old);
renameSync(made, dist);
rmSync(old, { recursive: true, force: true });
