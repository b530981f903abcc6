// node test/bench/readme.mjs [FILE …]: puts the figures that `npm run bench` has kept (.cache/bench.json) into the table of
// test/bench/README.md; of a scenario that is in several files the last one counts. Where a line has a promise its other peers are left out.
import { readFile, writeFile } from 'node:fs/promises';

const order = ['scrape', 'insert', 'bytes', 'counter', 'queue', 'enqueue', 'drop', 'range', 'history', 'linear', 'steady'];
const files = process.argv.length > 2 ? process.argv.slice(2) : ['.cache/bench.json'];
const found = Object.assign({}, ...(await Promise.all(files.map(async (file) => JSON.parse(await readFile(file, 'utf8'))))));
const all = order.flatMap((name) => (found[name]?.rows ?? []).map((row) => ({ ...row, rounds: found[name].options.rounds })));
const promising = new Set(all.filter(({ target }) => target).map(({ scenario }) => scenario));
const rows = all.filter(({ scenario, target }) => target || !promising.has(scenario));
const quick = order.filter((name) => found[name]?.options.quick);
if (quick.length > 0) throw new Error(`a quick run measures nothing: ${quick.join(', ')}`);

const table = [
  '| scenario | beside | ratio (min–max) | target | |',
  '|---|---|---|---|---|',
  ...rows.map((row) => `| ${[
    row.scenario,
    row.peer ?? '–',
    figure(row),
    row.target ? promised(row) : '',
    row.met === undefined ? '' : row.met ? 'met' : '**missed**',
  ].join(' | ')} |`),
].join('\n');

const file = 'test/bench/README.md';
const readme = await readFile(file, 'utf8');
const marked = /(<!-- bench -->\n)[^]*?(<!-- \/bench -->)/;
if (!marked.test(readme)) throw new Error(file + ' has no <!-- bench --> … <!-- /bench -->');
await writeFile(file, readme.replace(marked, (_, begin, end) => `${begin}${table}\n${end}`));

function figure({ ratio, per, ours, theirs, target, rounds }) {
  if (!ratio) return theirs ? `${written(ours)} beside ${written(theirs)}` : written(ours);
  // in one direction where nothing is promised
  const turned = !target && per === 'theirs/ours';
  const [middle, ...ends] = turned ? [1 / ratio.median, 1 / ratio.max, 1 / ratio.min] : [ratio.median, ratio.min, ratio.max];
  const spread = ratio.min === ratio.max ? '' : ` (${ends.map(short).join('–')})`;
  return `${turned ? 'ours/theirs' : per} ${short(middle)}${spread}${rounds === 1 ? ', one round' : ''}`;
}

function promised({ target, ours: { unit } }) {
  if ('under' in target) return `< ${written({ value: target.under, unit })}`;
  return 'faster' in target ? `≥ ${short(target.faster)}` : `≤ ${short(target.share)}`;
}

function written({ value, unit }) {
  if (unit === 's') return `${short(value * 1000)} ms`;
  return unit === 'B' && value > 1e6 ? `${short(value / 1e6)} MB` : `${short(value)} ${unit}`;
}

function short(value) {
  return value >= 1000 ? Math.round(value).toLocaleString('en') : String(Number(value.toPrecision(3)));
}
