// npm run test:packages: what a release is installed by and runs in, each tried for real, which takes minutes. Or some of it: -- npm pg_cron image
//   npm      the tarball under Node 20, 22 and 24 by npm, under 20 by pnpm and yarn 1 too (NOETL_PACKAGES=full: all nine), strict about engines; a page from an empty folder; the client in TypeScript
//   pg_cron  noetl.tick() called by Debian's pg_cron for two minutes
//   image    the container (image.sh)
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('.', import.meta.url));
const parts = { npm: ['node', 'npm.mjs'], pg_cron: ['node', 'pg_cron.mjs'], image: ['bash', 'image.sh'] };
const asked = process.argv.slice(2);
const names = asked.length > 0 ? asked : Object.keys(parts);
const results = await Promise.all(
  names.map(async (name) => {
    const [program, file] = parts[name] ?? [];
    if (file === undefined) throw new Error(`there is no part "${name}": there are ${Object.keys(parts).join(', ')}`);
    const [status] = await once(spawn(program, [`${folder}${file}`], { stdio: ['ignore', 'inherit', 'inherit'] }), 'close');
    return { name, ok: status === 0 };
  }),
);
const failed = results.filter(({ ok }) => !ok).map(({ name }) => name);
console.log(`${names.length - failed.length} passed, ${failed.length} failed${failed.length > 0 ? `: ${failed.join(', ')}` : ''}`);
if (process.env['TEST_SUMMARY_FILE'] !== undefined) {
  appendFileSync(process.env['TEST_SUMMARY_FILE'], [`${names.length - failed.length} ${failed.length} 0`, ...failed.map((name) => `- packages: ${name}`), ''].join('\n'));
}
process.exit(failed.length > 0 ? 1 : 0);
