import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { Pool } from 'pg';
import { Counter, Gauge, Histogram, Pushgateway as Client, Registry, Summary } from 'prom-client';
import { describe, expect, it, onTestFinished } from 'vitest';
import { messageType } from '../../src/protobuf/messages.ts';
import { buildServer } from '../../src/server/app.ts';
import { surviveLostConnections } from '../../src/database.ts';
import { useDatabase } from '../support/database.ts';
import { openMetricsFaults, textFaults } from '../support/openmetrics.ts';
import { promtoolComplaints, startPrometheus } from '../support/prometheus.ts';
import { comparable, startPushgateway } from '../support/pushgateway.ts';
import { curl, needing, pathOf, prometheus, promtool, pushgateway } from '../support/tools.ts';

const db = useDatabase({ per: 'test' });

type Method = 'PUT' | 'POST' | 'DELETE';
type Headers = Record<string, string>;

/** A server on this test's database. */
async function serve(): Promise<string> {
  const pool = new Pool({ connectionString: db.url });
  surviveLostConnections(pool, () => {});
  const app = buildServer({ pool });
  onTestFinished(async () => {
    await app.close();
    await pool.end();
  });
  return app.listen({ port: 0, host: '127.0.0.1' });
}

async function send(url: string, method: Method, path: string, body?: string | Buffer, headers: Headers = {}): Promise<[number, string]> {
  const answer = await fetch(`${url}/metrics/${path}`, {
    method,
    // what curl --data-binary says of any body
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    ...(body !== undefined && { body }),
  });
  return [answer.status, await answer.text()];
}

const protobuf = { 'content-type': 'application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited' };

/** What expfmt's delimited protobuf is. */
function delimited(families: readonly object[]): Buffer {
  const family = messageType('client.MetricFamily');
  return Buffer.concat(families.map((each) => family.encodeDelimited(family.fromObject(each)).finish()));
}

const pageOf = async (url: string): Promise<string> => (await fetch(`${url}/metrics`)).text();

const openMetricsOf = async (url: string): Promise<string> =>
  (await fetch(`${url}/metrics`, { headers: { accept: 'application/openmetrics-text' } })).text();

/** The page without what is about the server, and without help that it makes up. */
async function pushed(url: string): Promise<ReturnType<typeof comparable>> {
  const page = await pageOf(url);
  return Object.fromEntries(
    Object.entries(comparable(page))
      .filter(([name]) => !/^(go_|process_|promhttp_|pushgateway_|noetl_|push_time|push_failure)/.test(name))
      .map(([name, family]) => [name, { ...family, help: family.help === 'No help text.' ? undefined : family.help }]),
  );
}

/** Which groups are there, and whether a push of them succeeded or failed. */
async function groups(url: string): Promise<Record<string, boolean>> {
  const families = comparable(await pageOf(url));
  return Object.fromEntries(
    ['push_time_seconds', 'push_failure_time_seconds'].flatMap((name) =>
      Object.entries(families[name]?.samples ?? {}).map(([sample, value]) => [sample, value > 0]),
    ),
  );
}

type Step = [method: Method, path: string, body?: string];

const example = `# TYPE some_metric counter
some_metric{label="val1"} 42
# TYPE another_metric gauge
# HELP another_metric Just an example.
another_metric 2398.283
`;

/** generate_latest() of client_python, with its gauges of when everything was made. */
const clientPython = `# HELP requests_total HTTP requests.
# TYPE requests_total counter
requests_total{path="/"} 3.0
requests_total{path="/x y"} 4.0
# HELP requests_created HTTP requests.
# TYPE requests_created gauge
requests_created{path="/"} 1.7957e+09
requests_created{path="/x y"} 1.79570000125e+09
# HELP latency_seconds Latency.
# TYPE latency_seconds histogram
latency_seconds_bucket{le="0.005"} 0.0
latency_seconds_bucket{le="2.5"} 1.0
latency_seconds_bucket{le="+Inf"} 1.0
latency_seconds_count 1.0
latency_seconds_sum 0.1
# HELP latency_seconds_created Latency.
# TYPE latency_seconds_created gauge
latency_seconds_created 1.7957e+09
# HELP size_bytes Size.
# TYPE size_bytes summary
size_bytes_count{kind="a"} 1.0
size_bytes_sum{kind="a"} 17.0
# HELP size_bytes_created Size.
# TYPE size_bytes_created gauge
size_bytes_created{kind="a"} 1.7957e+09
# HELP build_info Build.
# TYPE build_info gauge
build_info{version="1.2.3"} 1.0
# HELP state State.
# TYPE state gauge
state{state="starting"} 0.0
state{state="running"} 1.0
# HELP depth_gcount Depth.
# TYPE depth_gcount gauge
depth_gcount 3.0
# HELP depth_gsum Depth.
# TYPE depth_gsum gauge
depth_gsum 9.0
`;

const clientRuby = `# TYPE http_requests counter
# HELP http_requests A counter.
http_requests{service="web"} 12.0
# TYPE duration_seconds histogram
# HELP duration_seconds A histogram.
duration_seconds_bucket{service="web",le="0.1"} 1.0
duration_seconds_bucket{service="web",le="+Inf"} 2.0
duration_seconds_sum{service="web"} 5.5
duration_seconds_count{service="web"} 2.0
# TYPE ruby_bytes summary
# HELP ruby_bytes A summary.
ruby_bytes_sum{service="web"} 42.0
ruby_bytes_count{service="web"} 3.0
`;

const clientPhp = `# HELP php_info Information about the PHP environment.
# TYPE php_info gauge
php_info{version="8.3.6"} 1
# HELP test_some_counter it increases
# TYPE test_some_counter counter
test_some_counter{type="blue"} 6
# HELP test_some_summary it observes
# TYPE test_some_summary summary
test_some_summary{type="blue",quantile="0.01"} 5
test_some_summary{type="blue",quantile="0.99"} 5
test_some_summary_sum{type="blue"} 5
test_some_summary_count{type="blue"} 1
`;

const sequences: Record<string, Step[]> = {
  'the README of the Pushgateway': [
    ['POST', 'job/some_job', 'some_metric 3.14\n'],
    ['POST', 'job/other_job/instance/some_instance', example.replaceAll('some_metric', 'third_metric')],
    ['DELETE', 'job/other_job/instance/some_instance'],
    ['DELETE', 'job/some_job'],
    ['DELETE', 'job/some_job'],
    ['DELETE', 'job/never_pushed'],
  ],
  'PUT replaces the group, POST the families of the same names': [
    ['PUT', 'job/a', 'one 1\ntwo{x="1"} 2\ntwo{x="2"} 3\n'],
    ['PUT', 'job/b', 'one 10\n'],
    ['POST', 'job/a', 'two{x="3"} 4\n'],
    ['POST', 'job/a', ''],
    ['PUT', 'job/a', 'three 5\n'],
    ['PUT', 'job/a', ''],
    ['POST', 'job/a', 'one 6\n'],
  ],
  'labels of the group override those of the body': [
    ['PUT', 'job/a/instance/i', 'one{job="other",instance="j",zone="z"} 1\ntwo 2\n'],
    ['PUT', 'job/a/zone/z', 'one{instance="k"} 1\n'],
    ['PUT', 'job/a/zone/z/zone/y/job/b', 'one 1\n'],
    ['PUT', 'job/a/', 'slashed 1\n'],
    ['PUT', 'job@base64/L3Zhci90bXA', 'path 1\n'],
    ['PUT', 'job@base64/L3Zhci90bXA=/dir@base64/4pyT4pyT/empty@base64/=', 'path 2\n'],
    ['DELETE', 'job@base64/L3Zhci90bXA'],
    ['PUT', 'job/directory_cleaner/path@base64/L3Zhci90bXA', 'path 2\n'],
    ['PUT', 'job@base64/%%%', 'path 1\n'],
    ['PUT', 'job@base64/=', 'path 1\n'],
    ['PUT', 'job/a/odd', 'one 1\n'],
    ['PUT', 'job/a/__reserved/x', 'one 1\n'],
    ['PUT', 'job/a/no-label/x', 'one 1\n'],
    ['DELETE', 'job/a/no-label/x'],
  ],
  'every type and number': [
    ['PUT', 'job/types', [
      '# HELP c_total Line one\\nand \\\\ two.',
      '# TYPE c_total counter',
      'c_total{quoted="a\\"b\\\\c\\nd",comma="a,b=\\"c\\"}",utf="✓"} 3e2',
      '#a comment',
      '',
      '  \t ',
      '# EOF',
      '# UNIT c_total x',
      '\tg \t{ a = "1" , b = "2" , } \t -0.5e-3',
      'g{} +7',
      'g{a="tab\tinside"} .5',
      'nan NaN',
      'plus +Inf',
      'minus -Inf',
      'infinite inf',
      'tiny 1e-400',
      'small 5e-324',
      'large 1.7976931348623157e308',
      'long 00012345678901234567890123456789.500',
      '# TYPE h histogram',
      'h_bucket{le="0.1"} 1',
      'h_bucket{le="1e1"} 3',
      'h_bucket{le="+Inf"} 4',
      'h_sum 12.5',
      'h_count 4',
      'h_bucket{le="1",x="y"} 2',
      'h_sum{x="y"} 0.5',
      'h_count{x="y"} 2',
      '# TYPE s summary',
      's{quantile="0.5"} NaN',
      's{quantile="0.99"} 7',
      's_sum -3',
      's_count 9',
      '# TYPE u untyped',
      'u 1',
      '# TYPE Upper GAUGE',
      'Upper 1',
      'loose_count 1',
      '# TYPE nothing gauge',
      '# HELP nothing There is none.',
      '',
    ].join('\n')],
    ['POST', 'job/types', '# TYPE h histogram\nh_bucket{le="5"} 7\nh_count 9\nh_sum 100\n'],
  ],
  'what does not fit to the other groups': [
    ['PUT', 'job/a', '# TYPE x gauge\n# HELP x First.\nx 1\n'],
    ['PUT', 'job/b', '# TYPE x counter\nx 1\n'],
    ['PUT', 'job/b', 'x 1\n'],
    ['POST', 'job/a', 'y{zone="z"} 1\n'],
    ['PUT', 'job/a/zone/z', 'y 2\n'],
    ['PUT', 'job/a/zone/z', 'fine 1\ny 2\n'],
    ['PUT', 'job/a/zone/y', 'y 2\n'],
    ['PUT', 'job/a', '# TYPE x counter\nx 1\n'],
    ['PUT', 'job/b', 'x 1\n'],
    ['DELETE', 'job/a'],
    ['PUT', 'job/b', 'x 1\n'],
    ['PUT', 'job/b', '# TYPE x histogram\nx_bucket{le="+Inf"} 1\nx_sum 1\nx_count 1\n'],
  ],
  'a type that comes later replaces all that stands in its way': [
    ['PUT', 'job/a', 'h_bucket{le="1"} 1\nh_bucket{le="+Inf"} 2\nh_sum 3\nh_count 2\ns{quantile="0.5"} 1\ns_sum 1\ns_count 2\n'],
    ['PUT', 'job/a', '# TYPE h histogram\nh_bucket{le="1"} 1\nh_bucket{le="+Inf"} 2\nh_sum 3\nh_count 2\n# TYPE s summary\ns{quantile="0.5"} 1\ns_sum 1\ns_count 2\n'],
    ['PUT', 'job/a', 'h_bucket{le="1"} 1\nh_bucket{le="+Inf"} 2\nh_sum 3\nh_count 2\n'],
    ['POST', 'job/a', '# TYPE h histogram\nh_bucket{le="+Inf"} 2\nh_sum 3\nh_count 2\n'],
    ['DELETE', 'job/a'],
    ['PUT', 'job/b', '# TYPE h histogram\nh_bucket{le="+Inf"} 2\nh_sum 3\nh_count 2\n'],
    ['PUT', 'job/a', 'h_sum 3\n'],
    ['PUT', 'job/b', 'h_bucket{le="+Inf"} 2\nh_sum 3\nh_count 2\n'],
    ['PUT', 'job/c', 'h_bucket{le="1"} 2\nh_sum 3\nh_count 2\n'],
    ['DELETE', 'job/c'],
    ['PUT', 'job/b', '# TYPE h summary\nh_sum 3\nh_count 2\n'],
    ['PUT', 'job/c', '# TYPE h_count gauge\nh_count 2\n'],
  ],
  'what the official clients push by default': [
    ['POST', 'job/python', clientPython],
    ['POST', 'job/python', clientPython],
    ['PUT', 'job/python', clientPython],
    ['PUT', 'job/other', clientPython.replaceAll('requests_created', 'requests_create')],
    ['POST', 'job/ruby', clientRuby],
    ['PUT', 'job/ruby/instance/php', clientPhp],
    ['DELETE', 'job/python'],
    ['PUT', 'job/python', 'requests_created 3\n'],
    ['PUT', 'job/third', '# TYPE late_created gauge\nlate_created{a="b"} 1\nlate_created 2\n'],
    ['POST', 'job/third', '# TYPE late_total counter\nlate_total{a="b"} 7\n'],
  ],
  'bodies that are refused': [
    ['PUT', 'job/a', 'kept 1\n'],
    ...[
      'x 1', 'x\n', 'x one\n', 'x 1\r\n', 'x 1 2 3\n', '1x 2\n', 'x{a="b" 1\n', 'x{a="b} 1\n', 'x{a=b} 1\n', 'x{a="\\t"} 1\n', 'x{a="b"}\n',
      'x{a="1",a="2"} 1\n', 'x{1a="b"} 1\n', 'x{a="b"c="d"} 1\n', 'x 1e400\n', 'x 1_000\n', 'x 1\nx 2\n', 'x{a="b",c="d"} 1\nx{c="d",a="b"} 1\n',
      'x{job="1"} 1\nx{job="2"} 1\n', 'x 1 1395066363000\n', '# TYPE x gauge\n# TYPE x gauge\nx 1\n', '# HELP x A.\n# HELP x B.\nx 1\n',
      'x 1\n# TYPE x gauge\n', '# TYPE x thing\nx 1\n', '# TYPE 1x gauge\n', '# HELP x bad \\t escape\nx 1\n', 'kept 2\nx\n', '{a="b"} 1\n',
      '# TYPE h histogram\nh_bucket{le="x"} 1\n', 'x{__name__="b"} 1\n',
    ].map((body): Step => ['PUT', 'job/a', body]),
  ],
};

describe('beside a real Pushgateway', () => {
  for (const [title, steps] of Object.entries(sequences)) {
    needing(pushgateway)(`${title}: the same requests lead to the same page`, async () => {
      const real = await startPushgateway();
      onTestFinished(real.stop);
      const ours = await serve();
      for (const [index, step] of steps.entries()) {
        const [[expected], [status, said]] = await Promise.all([send(real.url, ...step), send(ours, ...step)]);
        expect({ step, status, said }).toEqual({ step, status: expected, said });
        if (index % 3 === 1) await db.rows('select noetl.fold()');
        expect([step, await pushed(ours)]).toEqual([step, await pushed(real.url)]);
        expect([step, openMetricsFaults(await openMetricsOf(ours))]).toEqual([step, []]);
        expect([step, await groups(ours)]).toEqual([step, await groups(real.url)]);
      }
    });
  }
});

describe('the clients of a Pushgateway', () => {
  it('prom-client pushes, adds and deletes, gzipped or not, under any grouping', async () => {
    const url = await serve();
    const register = new Registry();
    const registers = [register];
    new Counter({ name: 'runs_total', help: 'Runs.', registers }).inc(3);
    new Gauge({ name: 'backlog', help: 'Jobs.', labelNames: ['queue'], registers }).set({ queue: 'a "b"\n\\' }, 5);
    new Histogram({ name: 'seconds', help: 'Time.', buckets: [1, 5], registers }).observe(2);
    new Summary({ name: 'bytes', help: 'Size.', percentiles: [0.5], registers }).observe(7);
    const names = ['backlog', 'bytes', 'runs_total', 'seconds'];
    const groupings = { instance: 'db 1', zone: 'ö/x'.replace('/', '-') };

    await new Client(url, {}, register).push({ jobName: 'nightly job', groupings });
    const sample = '{instance="db 1",job="nightly job",zone="ö-x"}';
    expect(Object.keys(await pushed(url)).toSorted()).toEqual(names);
    expect((await pushed(url))['runs_total']).toEqual({ type: 'counter', help: 'Runs.', samples: { [`runs_total${sample}`]: 3 } });
    expect((await pushed(url))['backlog']?.samples).toEqual({
      'backlog{instance="db 1",job="nightly job",queue="a \\"b\\"\\n\\\\",zone="ö-x"}': 5,
    });

    await new Client(url, { headers: { 'Content-Encoding': 'gzip' } }, register).pushAdd({ jobName: 'other' });
    expect((await pushed(url))['seconds']?.samples).toMatchObject({
      'seconds_bucket{instance="",job="other",le="1"}': 0, 'seconds_bucket{instance="",job="other",le="5"}': 1, [`seconds_sum${sample}`]: 2,
    });
    await new Client(url, {}, register).delete({ jobName: 'nightly job', groupings });
    expect((await pushed(url))['runs_total']?.samples).toEqual({ 'runs_total{instance="",job="other"}': 3 });
    await expect(new Client(url, {}, register).push({ jobName: 'x', groupings: { __bad: 'x' } })).rejects.toThrow(/status 400.*__bad/);
  });

  needing(curl, promtool)('curl pushes as the README of the Pushgateway shows, and promtool has nothing to say', async () => {
    const url = await serve();
    const run = async (input: string, ...args: string[]): Promise<string> => {
      const child = spawn(pathOf(curl), ['-sS', '--fail-with-body', ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
      child.stdin.end(input);
      const [out] = await Promise.all([text(child.stdout), once(child, 'close')]);
      return out;
    };
    expect(await run('some_metric 3.14\n', '--data-binary', '@-', `${url}/metrics/job/some_job`)).toBe('');
    expect(await run(example.replace('some_metric', 'requests_total').replace('some_metric', 'requests_total'), '--data-binary', '@-', `${url}/metrics/job/some_job/instance/some_instance`)).toBe('');
    expect(await run('# HELP third Three.\nthird 3\n', '-X', 'PUT', '--data-binary', '@-', `${url}/metrics/job/third`)).toBe('');
    expect(await run('', '-X', 'DELETE', `${url}/metrics/job/third`)).toBe('');
    for (const folded of [false, true]) {
      if (folded) await db.rows('select noetl.fold()');
      const page = await pageOf(url);
      expect(page.split('\n').filter((line) => /^(some|another|requests|third)/.test(line))).toEqual([
        'another_metric{instance="some_instance",job="some_job"} 2398.283',
        'requests_total{instance="some_instance",job="some_job",label="val1"} 42',
        'some_metric{instance="",job="some_job"} 3.14',
      ]);
      expect(await promtoolComplaints(page)).toEqual([]);
      expect(textFaults(page)).toEqual([]);
      expect(openMetricsFaults(await (await fetch(`${url}/metrics`, { headers: { accept: 'application/openmetrics-text' } })).text())).toEqual([]);
    }
  });

  needing(curl)('the commands of src/server/README.md leave the lines that it shows', async () => {
    const url = await serve();
    const readme = await readFile(new URL('../../src/server/README.md', import.meta.url), 'utf8');
    const [, commands = '', shown = ''] = /## In place of a Pushgateway.*?```sh\n(.*?)```.*?```prometheus\n(.*?)```/s.exec(readme) ?? [];
    const { stdout } = await promisify(execFile)('sh', ['-ec', commands.replaceAll('localhost:8000', url).replaceAll('curl', 'curl -sS --fail-with-body')]);
    expect(stdout.split('\n').filter((line) => line.startsWith('backup')).map((line) => `${line}\n`).join('')).toBe(shown);
    expect((await pushed(url))['backup_size_bytes']?.samples).toEqual({ 'backup_size_bytes{instance="db1",job="backup"}': 1.5e9 });
  });

  needing(prometheus)('a Prometheus that honors labels stores the labels of the group, and none of its own', async () => {
    const url = await serve();
    await send(url, 'PUT', 'job/nightly', '# TYPE h histogram\nh_bucket{le="+Inf"} 2\nh_sum 3\nh_count 2\nplain{zone="z"} 4\n');
    await send(url, 'PUT', 'job/nightly/instance/db1', 'plain 5\n');
    const scraper = await startPrometheus({ gateway: `${url}/metrics` }, { honorLabels: true });
    onTestFinished(scraper.stop);
    await expect.poll(async () => (await scraper.stored('{job="nightly",__name__=~"plain|h_.*"}')).length, { interval: 500 }).toBe(5);
    const stored = await scraper.stored('{job="nightly",__name__=~"plain|h_.*"}');
    expect(stored.map(({ labels, values }) => `${JSON.stringify(labels)} ${values[0]}`).toSorted()).toEqual([
      '{"__name__":"h_bucket","job":"nightly","le":"+Inf"} 2',
      '{"__name__":"h_count","job":"nightly"} 2',
      '{"__name__":"h_sum","job":"nightly"} 3',
      '{"__name__":"plain","instance":"db1","job":"nightly"} 5',
      '{"__name__":"plain","job":"nightly","zone":"z"} 4',
    ]);
    expect(scraper.complaints()).toEqual([]);
  });

  it('a body may be gzipped and of any content type', async () => {
    const url = await serve();
    expect(await send(url, 'PUT', 'job/a', gzipSync('x 1\n'), { 'content-encoding': 'gzip' })).toEqual([200, '']);
    expect(await send(url, 'PUT', 'job/a', 'x 1\n', { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' })).toEqual([200, '']);
    expect(await send(url, 'PUT', 'job/a', Buffer.from('x{a="\xff"} 1\n', 'latin1'))).toMatchObject([400, expect.stringContaining('UTF-8')]);
    expect(await send(url, 'PUT', 'job/a', 'x{a="\0"} 1\n')).toMatchObject([400, expect.any(String)]);
    expect(await send(url, 'PUT', 'job/a', Buffer.from('\uFEFFx 1\n'))).toMatchObject([400, expect.stringContaining('byte order mark')]);
    expect(await send(url, 'PUT', 'job/a', 'x', { 'content-type': 'application/x-protobuf' })).toMatchObject([415, expect.stringContaining('not protobuf')]);
    expect(await send(url, 'PUT', 'job/a', 'x', { 'content-type': 'application/vnd.google.protobuf' })).toMatchObject([415, expect.stringContaining('encoding=delimited')]);
    expect((await pushed(url))['x']?.samples).toEqual({ 'x{instance="",job="a"}': 1 });
  });

  needing(pushgateway)('Java and Go push delimited protobuf, with the page that a Pushgateway has of it', async () => {
    const real = await startPushgateway();
    onTestFinished(real.stop);
    const ours = await serve();
    const label = Object.entries({ path: 'a "b"\n\\', utf: '✓' }).map(([name, value]) => ({ name, value }));
    const exemplar = { label: [{ name: 'trace_id', value: '0af7651916cd43dd8448eb211c80319c' }], value: 1.5, timestamp: { seconds: 1_790_000_000, nanos: 125_000_000 } };
    const good = [
      { name: 'requests_total', help: 'All \\ of\nthem.', type: 0, metric: [{ label, counter: { value: 3, exemplar } }, { counter: { value: 4 } }] },
      { name: 'plain', type: 0, metric: [{ counter: {} }] },
      { name: 'untold', metric: [{ counter: { value: 1e-7 } }] },
      { name: 'level', type: 1, metric: [{ gauge: { value: -Infinity } }, { label, gauge: { value: NaN } }] },
      { name: 'size_bytes', type: 2, help: 'Size.', metric: [{ label, summary: { sample_count: 9, sample_sum: 4.5, quantile: [{ quantile: 0.5, value: 1 }, { quantile: 0.99, value: NaN }] } }] },
      { name: 'bare', type: 2, metric: [{ summary: {} }] },
      { name: 'what', type: 3, metric: [{ untyped: { value: 1e21 } }] },
      { name: 'wait_seconds', type: 4, metric: [{ label, histogram: { sample_count: 9, sample_sum: 12.5, bucket: [{ upper_bound: 0.1, cumulative_count: 2, exemplar: { ...exemplar, value: 0.05 } }, { upper_bound: 5, cumulative_count: 8 }] } }] },
      { name: 'all_seconds', type: 4, metric: [{ histogram: { sample_count: 2, sample_sum: 3, bucket: [{ upper_bound: Infinity, cumulative_count: 2 }] } }] },
    ];
    const steps: [Method, object[] | Buffer, number][] = [
      ['PUT', good, 200], ['POST', [{ name: 'level', type: 1, metric: [{ gauge: { value: 2 } }] }], 200], ['PUT', good.slice(3, 5), 200], ['PUT', [], 200], ['PUT', good, 200],
      ['PUT', [{ name: 'level', type: 1, metric: [{ counter: { value: 2 } }] }], 400], // no gauge
      ['PUT', [{ name: 'level', type: 1, metric: [{ gauge: { value: 2 }, timestamp_ms: 1_790_000_000_000 }] }], 400],
      ['PUT', Buffer.from('what is this?'), 400],
    ];
    for (const [method, families, status] of steps) {
      const body = Buffer.isBuffer(families) ? families : delimited(families);
      const [[expected], [answered, said]] = await Promise.all([send(real.url, method, 'job/java', body, protobuf), send(ours, method, 'job/java', body, protobuf)]);
      expect([families, answered, said, expected]).toEqual([families, status, said, status]);
      expect([families, await pushed(ours)]).toEqual([families, await pushed(real.url)]);
      await db.rows('select noetl.fold()');
    }
    const page = await openMetricsOf(ours);
    expect(openMetricsFaults(page)).toEqual([]);
    expect(page.split('\n').filter((line) => line.includes(' # '))).toEqual([
      String.raw`requests_total{instance="",job="java",path="a \"b\"\n\\",utf="✓"} 3 # {trace_id="0af7651916cd43dd8448eb211c80319c"} 1.5 1790000000.125000000`,
      String.raw`wait_seconds_bucket{instance="",job="java",path="a \"b\"\n\\",utf="✓",le="0.1"} 2 # {trace_id="0af7651916cd43dd8448eb211c80319c"} 0.05 1790000000.125000000`,
    ]);
  });

  it('a push in protobuf that is refused is told by the name of the metric', async () => {
    const url = await serve();
    const put = async (...families: object[]): Promise<unknown> =>
      send(url, 'PUT', 'job/a', delimited(families), { 'content-type': 'application/vnd.google.protobuf;proto="io.prometheus.client.MetricFamily";encoding="delimited"' });
    const gauges = { name: 'depth', type: 5, metric: [{ histogram: { sample_count_float: 2.5, sample_sum: -3, bucket: [{ upper_bound: 1, cumulative_count_float: 1.5 }] } }] };
    expect(await put({ name: 'fine', type: 1, metric: [{ gauge: { value: 1 } }] }, gauges)).toEqual([200, '']);
    expect(Object.assign({}, ...Object.values(await pushed(url)).map(({ samples }) => samples))).toEqual({
      'fine{instance="",job="a"}': 1, 'depth_bucket{instance="",job="a",le="1"}': 1.5, 'depth_bucket{instance="",job="a",le="Infinity"}': 2.5,
      'depth_gcount{instance="",job="a"}': 2.5, 'depth_gsum{instance="",job="a"}': -3,
    });
    expect(await put({ name: 'falling', type: 0, metric: [{ counter: { value: -1 } }] })).toMatchObject([400, expect.stringContaining('"body: falling: a counter must be 0 or more, not -1"')]);
    for (const [bad, rule] of [
      [{ name: 'x 1\ny', type: 1, metric: [{ gauge: { value: 2 } }] }, 'a metric name matches'],
      [{ name: 'x', type: 1, metric: [{ label: [{ name: 'a-b', value: '1' }], gauge: { value: 2 } }] }, 'x: a label name matches'],
      [{ name: 'x', type: 1, metric: [{ label: [{ name: 'a', value: '1' }, { name: 'a', value: '2' }], gauge: { value: 2 } }] }, 'x: a label is given twice'],
      [{ name: 'x', type: 9, metric: [{ gauge: { value: 2 } }] }, 'x: there is no metric type 9'],
    ] as const) expect(await put(bad)).toMatchObject([400, expect.stringContaining(rule)]);
    expect(await put({ name: 'x', type: 1, metric: [{ label: [{ name: 'a', value: '\0' }], gauge: { value: 1 } }] })).toMatchObject([400, expect.stringContaining('U+0000')]);
  });

  it('OpenMetrics keeps its types, units, exemplars and times of creation', async () => {
    const url = await serve();
    const put = async (body: string): Promise<[number, string]> => send(url, 'PUT', 'job/a', body, { 'content-type': 'application/openmetrics-text; version=1.0.0; charset=utf-8' });
    const body = `# TYPE requests counter
# HELP requests All \\"of\\" them.
requests_total{path="/ # {"} 3 # {trace_id="0af7651916cd43dd8448eb211c80319c"} 1 1790000000.125
requests_created{path="/ # {"} 1790000000
# TYPE lat_seconds histogram
# UNIT lat_seconds seconds
lat_seconds_bucket{le="1.0"} 1
lat_seconds_bucket{le="+Inf"} 2
lat_seconds_sum 3
lat_seconds_count 2
lat_seconds_created 1790000000.5
# TYPE build info
build_info{version="1"} 1
# TYPE mode stateset
mode{mode="a"} 1
mode{mode="b"} 0
# TYPE ages gaugehistogram
ages_bucket{le="+Inf"} 3
ages_gcount 3
ages_gsum -3
# TYPE odd unknown
odd 3
# EOF
`;
    expect(await put(body)).toEqual([200, '']);
    const types = async (): Promise<unknown> => Object.fromEntries(Object.entries(await pushed(url)).map(([name, { type }]) => [name, type]));
    expect(await types()).toEqual({
      requests_total: 'counter', requests_created: 'gauge', lat_seconds: 'histogram', lat_seconds_created: 'gauge', build_info: 'gauge', mode: 'gauge',
      ages_bucket: 'gauge', ages_gcount: 'gauge', ages_gsum: 'gauge', odd: 'untyped',
    });
    const page = await openMetricsOf(url);
    expect(openMetricsFaults(page)).toEqual([]);
    expect(page).toContain([
      '# TYPE requests counter', String.raw`# HELP requests All \"of\" them.`,
      'requests_total{instance="",job="a",path="/ # {"} 3 # {trace_id="0af7651916cd43dd8448eb211c80319c"} 1 1790000000.125',
      'requests_created{instance="",job="a",path="/ # {"} 1790000000', '',
    ].join('\n'));
    expect(page).toContain('# UNIT lat_seconds seconds\n');
    for (const [bad, rule] of [
      ['x 1\n', 'line 2: the last line must be # EOF'], ['x 1\n# EOF\ny 1\n', 'line 3: stands behind # EOF'], ['# TYPE x untyped\nx 1\n# EOF\n', 'line 1: the type must be counter, gauge'],
      ['x 1 1790000000\n# EOF\n', 'line 1: must have no timestamp'], ['# TYPE x counter\n# TYPE x gauge\n# EOF\n', 'line 2: a second TYPE line for x'],
    ] as const) expect(await put(bad)).toMatchObject([400, expect.stringContaining(rule)]);
    expect(await put('# EOF')).toEqual([200, '']);
    expect(await types()).toEqual({});
  });

  it('a group goes when its ttl is over, or that of the setting, unless it is pushed again', async () => {
    const url = await serve();
    const there = async (after: string): Promise<string[]> => {
      await db.rows(`select noetl.expire_push_groups(clock_timestamp() + $1::interval)`, [after]);
      return Object.values(await pushed(url)).flatMap(({ samples }) => Object.keys(samples)).map((sample) => /job="(\w+)"/.exec(sample)?.[1] ?? '').toSorted();
    };
    await send(url, 'PUT', 'job/short?ttl=90s', 'x 1\n');
    await send(url, 'PUT', 'job/long?ttl=1d12h', 'x 1\n');
    await send(url, 'PUT', 'job/ever', 'x 1\n');
    expect(await there('80 seconds')).toEqual(['ever', 'long', 'short']);
    expect(await there('100 seconds')).toEqual(['ever', 'long']);
    await db.rows(`select noetl.set_setting('push_ttl', '1 hour')`);
    await send(url, 'POST', 'job/long', 'y 1\n');
    await send(url, 'PUT', 'job/usual', 'x 1\n');
    expect(await there('61 minutes')).toEqual(['ever']);
    expect(await there('1000 days')).toEqual(['ever']);
    for (const ttl of ['0s', '5', '-1s', 'x', '']) expect(await send(url, 'PUT', `job/never?ttl=${ttl}`, 'x 1\n')).toMatchObject([400, expect.stringContaining('ttl: must be')]);
    expect(await there('0')).toEqual(['ever']);
  });
});

describe('what is pushed', () => {
  const push = async (job: string, body: string, whole = true): Promise<unknown> =>
    db.value('select noetl.push_metrics($1, $2, $3)', [{ job }, body, whole]);
  const lines = async (family: string): Promise<string[]> =>
    (await db.rows<{ body: string }>('select body from noetl.prometheus_exposition where family = $1', [family]))
      .flatMap(({ body }) => body.split('\n').filter((line) => line !== '' && !line.startsWith('#')));

  it('never grows stale, unlike a gauge that a component reports', async () => {
    await push('a', '# TYPE x gauge\nx 1\n# TYPE s summary\ns{quantile="0.5"} 2\ns_sum 2\ns_count 1\nplain 3\n');
    await db.rows(`insert into noetl.metric (metric_name, metric_type, metric_value) values ('reported', 'gauge', 1)`);
    for (const folded of [false, true]) {
      if (folded) await db.rows('select noetl.fold()');
      await db.rows(`select noetl.set_setting('staleness', '1 microsecond')`);
      expect(await lines('x')).toEqual(['x{instance="",job="a"} 1']);
      expect(await lines('plain')).toEqual(['plain{instance="",job="a"} 3']);
      expect(await lines('s')).toEqual(['s{instance="",job="a",quantile="0.5"} 2', 's_sum{instance="",job="a"} 2', 's_count{instance="",job="a"} 1']);
      expect(await lines('reported')).toEqual([]);
    }
    await db.rows(`update noetl.metric set "timestamp" = "timestamp" - interval '3 days'`);
    await db.rows(`update _noetl.series set created_at = created_at - interval '3 days'`);
    await db.rows(`update _noetl.state set at = at - interval '3 days'`);
    await db.rows('truncate noetl.metric');
    for (let call = 0; call < 3; call += 1) await db.rows('select noetl.remove_idle_series()');
    expect(await db.rows('select name, series::int from noetl.family where name in ($1, $2, $3, $4) order by name', ['x', 's', 'plain', 'reported'])).toEqual([
      { name: 'plain', series: 1 }, { name: 's', series: 3 }, { name: 'x', series: 1 },
    ]);
    expect(await lines('x')).toEqual(['x{instance="",job="a"} 1']);
  });

  it('is stored as samples, which are found by the labels of the group', async () => {
    await push('nightly', 'x{zone="a"} 1\n');
    expect(await db.rows(`select metric_name, metric_type, metric_value, labels from noetl.sample where labels @> '{"job": "nightly", "zone": "a"}'`)).toEqual([
      { metric_name: 'x', metric_type: 'untyped', metric_value: 1, labels: { job: 'nightly', zone: 'a' } },
    ]);
  });

  it('keeps its type while another group has it, and may change it otherwise', async () => {
    await push('a', 'x 1\n');
    await push('b', 'x 1\n');
    await expect(push('a', '# TYPE x gauge\nx 2\n')).rejects.toThrow('body: line 2: x is of type gauge here, but of type untyped already');
    await db.rows(`select noetl.delete_push_group('{"job": "b"}')`);
    await push('a', '# TYPE x gauge\nx 2\n');
    expect(await lines('x')).toEqual(['x{instance="",job="a"} 2']);
    await db.rows(`select noetl.declare_metric('x', 'gauge')`);
    await expect(push('a', '# TYPE x counter\nx 2\n')).rejects.toThrow('x is of type counter here, but of type gauge already');
    await db.rows(`insert into noetl.metric (metric_name, metric_type, metric_value) values ('own', 'gauge', 1)`);
    await expect(push('a', 'own 2\n')).rejects.toThrow('line 1: own is of type untyped here, but of type gauge already');
  });

  it('changes its type and back in a session that remembers what it knew', async () => {
    const session = await db.session();
    for (const [type, value] of [['untyped', 1], ['untyped', 2], ['gauge', 3], ['untyped', 4], ['untyped', 5]] as const) {
      const numbers = Array.from({ length: 120 }, (_, i) => i + 100); // a session remembers batches of a hundred and more
      const shown = numbers.map((n) => `x{instance="",job="a",n="${n}"} ${value}`);
      await session.query('select noetl.push_metrics($1, $2)', [
        { job: 'a' }, `# TYPE x ${type}\n${numbers.map((n) => `x{n="${n}"} ${value}\n`).join('')}`,
      ]);
      expect(await lines('x')).toEqual(shown);
      await session.query('select noetl.fold()');
      expect(await lines('x')).toEqual(shown);
    }
  });

  it.each([
    ['x 1\ny\n', 'line 2: must have a value after the metric name'],
    ['x 1\ny{a="b} 1\n', 'line 2: the labels must end in }, and each value in "'],
    ['x 1\r\n', 'line 1: ends in CR LF; lines must end in LF alone'],
    ['x 1\ny 2', 'line 2: the last line must end in a line feed'],
    ['\n\nx one\n', 'line 3: the value must be a number, NaN, +Inf or -Inf, not "one"'],
    ['x 1\nx 1\n', 'line 2: the same sample as in line 1'],
    ['x{a="1",a="1"} 1\n', 'line 1: a label is given twice'],
    ['x{a="="} 1\ny{a="=",a="="} 1\n', 'line 2: a label is given twice'],
    ['x 1 1395066363000\n', 'line 1: must have no timestamp: pushed values are as of now'],
    ['# TYPE x gauge\n# TYPE x gauge\n', 'line 2: a second TYPE line for x'],
    ['# TYPE c counter\nc -1\n', 'line 2: a counter must be 0 or more, not -1'],
    ['# TYPE h histogram\nh_bucket{le="1"} 0.5\n', 'line 2: a count must be a whole number from 0 to 1e300, not 0.5'],
    ['# TYPE h histogram\nh 1\n', 'line 2: a sample of the histogram h must be one of its parts'],
    ['# TYPE jobs_total counter\njobs_total 1\n# TYPE jobs gauge\njobs 1\n', 'line 2: jobs_total would write a name of the gauge jobs'],
  ])('%j is refused whole: %s', async (body, message) => {
    await push('a', 'kept 1\n');
    await expect(push('a', body)).rejects.toThrow(message);
    expect(await lines('kept')).toEqual(['kept{instance="",job="a"} 1']);
    expect(await lines('x')).toEqual([]);
  });

  it('has a limit of series, which counts before anything is stored', async () => {
    await db.rows(`select noetl.set_setting('max_series', '3')`);
    await push('a', 'x{n="1"} 1\nx{n="2"} 1\n');
    await expect(push('b', 'y 1\nx{n="1"} 1\nx{n="2"} 1\n')).rejects.toThrow('line 3: x would have more than 3 series');
    await db.rows('select noetl.fold()');
    await expect(push('b', 'y 1\nx{n="1"} 1\nx{n="2"} 1\n')).rejects.toThrow('line 3: x would have more than 3 series');
    await push('b', 'x{n="1"} 1\n');
  });

  it('is of one push only when two of a group come at once, and other groups do not wait', async () => {
    const [first, second, third] = [await db.session(), await db.session(), await db.session()];
    const one = `select noetl.push_metrics('{"job": "a"}', E'x{n="1"} 1\\ny 1\\n')`;
    await first.query(`begin; ${one}`);
    const waiting = second.query(`select noetl.push_metrics('{"job": "a"}', E'x{n="2"} 2\\n')`);
    await third.query(`select noetl.push_metrics('{"job": "b"}', E'x{n="1"} 3\\ny 3\\n')`);
    expect(await lines('x')).toEqual(['x{instance="",job="b",n="1"} 3']);
    await first.query('commit');
    await waiting;
    expect(await lines('x')).toEqual(['x{instance="",job="a",n="2"} 2', 'x{instance="",job="b",n="1"} 3']);
    expect(await lines('y')).toEqual(['y{instance="",job="b"} 3']);
  });

  it('is all taken off by a DELETE that comes while a push is under way', async () => {
    const [pusher, deleter] = [await db.session(), await db.session()];
    await push('a', 'x 1\n');
    await pusher.query(`begin; select noetl.push_metrics('{"job": "a"}', E'x 2\ny 2\n')`);
    const deleted = deleter.query(`select noetl.delete_push_group('{"job": "a"}')`);
    // once it waits for the push, it has read what it will read before
    await expect.poll(async () => db.value(`select count(*)::int from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`)).toBeGreaterThan(0);
    await pusher.query('commit');
    await deleted;
    await push('a', 'z 3\n', false);
    expect([await lines('x'), await lines('y'), await lines('z')]).toEqual([[], [], ['z{instance="",job="a"} 3']]);
  });

  it('is whole after many pushes at once, of one group and of several', async () => {
    const sessions = await Promise.all(Array.from({ length: 8 }, async () => db.session()));
    await Promise.all(sessions.map(async (session, s) => {
      for (let round = 0; round < 6; round += 1) {
        const body = Array.from({ length: 5 }, (_, i) => `whole{by="${s}",n="${(round + i) % 7}"} ${round}\n`).join('');
        await session.query('select noetl.push_metrics($1, $2)', [{ job: s % 2 === 0 ? 'shared' : `own${s}` }, body]);
        if (s === 0) await session.query('select noetl.fold()');
      }
    }));
    const seen = (await lines('whole')).map((line) => /job="(\w+)".* (\d)$/.exec(line)?.slice(1) ?? []);
    const by = (await lines('whole')).filter((line) => line.includes('job="shared"')).map((line) => /by="(\d)"/.exec(line)?.[1]);
    expect(seen.length).toBe(25);
    expect(new Set(by).size).toBe(1);
    expect(seen.filter(([job]) => job !== 'shared').every(([, round]) => round === '5')).toBe(true);
    await db.rows('select noetl.fold()');
    expect((await lines('whole')).length).toBe(25);
  });
});
