// node test/bench/readme.mjs [FILE]: puts the figures that `npm run bench` has kept (.cache/bench.json) into the README's
// table. Rows come in the order of the scenarios; what a scenario does not promise and has no peer for is left out.
import { readFile, writeFile } from 'node:fs/promises';

const order = ['scrape', 'insert', 'bytes', 'counter', 'queue', 'enqueue', 'drop', 'range', 'history', 'steady'];
const [file = '.cache/bench.json'] = process.argv.slice(2);
const found = JSON.parse(await readFile(file, 'utf8'));
const rows = order.flatMap((name) => found[name]?.rows ?? []);
const quick = order.filter((name) => found[name]?.options.quick);
if (quick.length > 0) throw new Error(`a quick run measures nothing: ${quick.join(', ')}`);

const table = [
  '| scenario | beside | ratio (min–max) | target | |',
  '|---|---|---|---|---|',
  ...rows.filter(({ ratio, target }) => ratio ?? target).map((row) => `| ${[
    row.scenario,
    row.peer ?? '–',
    row.ratio ? `${row.per} ${short(row.ratio.median)} (${short(row.ratio.min)}–${short(row.ratio.max)})` : written(row.ours),
    row.target ? promised(row) : '',
    row.met === undefined ? '' : row.met ? 'met' : '**missed**',
  ].join(' | ')} |`),
].join('\n');

const readme = await readFile('README.md', 'utf8');
const marked = /(<!-- bench -->\n)[^]*(\n<!-- \/bench -->)/;
if (!marked.test(readme)) throw new Error('README.md has no <!-- bench --> … <!-- /bench -->');
await writeFile('README.md', readme.replace(marked, (_, begin, end) => begin + table + end));

function promised({ target }) {
  if ('under' in target) return `< ${written({ value: target.under, unit: 's' })}`;
  return 'faster' in target ? `≥ ${short(target.faster)}` : `≤ ${short(target.share)}`;
}

function written({ value, unit }) {
  return unit === 's' ? `${short(value * 1000)} ms` : `${short(value)} ${unit}`;
}

function short(value) {
  return value >= 1000 ? Math.round(value).toLocaleString('en') : String(Number(value.toPrecision(3)));
}
