import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { Pool } from 'pg';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { surviveLostConnections } from '../../src/database.ts';
import { encodeWriteRequest, type TimeSeries } from '../../src/protobuf/remote-write.ts';
import { packed } from '../../src/protobuf/snappy.ts';
import { buildServer } from '../../src/server/app.ts';
import { useDatabase } from '../support/database.ts';
import { freePort } from '../support/ports.ts';
import { startPrometheus } from '../support/prometheus.ts';
import { temporaryFolder } from '../support/server.ts';
import { inTrueTime, needing, pathOf, prometheus, victoriaMetrics, vmagent } from '../support/tools.ts';

const db = useDatabase();
let url: string;

beforeAll(async () => {
  const pool = new Pool({ connectionString: db.url });
  surviveLostConnections(pool, () => {});
  const app = buildServer({ pool });
  url = await app.listen({ port: 0, host: '127.0.0.1' });
  return async () => {
    await app.close();
    await pool.end();
  };
});

interface Line {
  readonly labels: Readonly<Record<string, string>>;
  readonly at: readonly number[];
  /** A text is a number as PostgreSQL writes it; null: the line had ended. */
  readonly values: readonly (string | null)[];
}

/** What the archive has of the lines with these labels, in the order of their names and labels. */
async function archived(labels: Readonly<Record<string, string>>): Promise<Line[]> {
  return db.rows<Line & Record<string, unknown>>(
    `select jsonb_build_object('__name__', l.name) || l.labels as labels, s.at_ms::float8[] as at, s.vals::text[] as values
     from _noetl.line as l
     cross join lateral _noetl.line_samples(array[l.line_id], '1970-01-01', 'infinity') as s
     where l.labels @> $1
     order by l.name, l.labels`, [labels]);
}

const series = (labels: Readonly<Record<string, string>>, ...samples: readonly (readonly [time: number, value: number | null])[]): TimeSeries => ({
  labels: Object.entries(labels).map(([name, value]) => ({ name, value })), times: samples.map(([time]) => time), values: samples.map(([, value]) => value),
});

const contentType = 'application/x-protobuf';

async function post(body: Uint8Array, headers: Record<string, string> = {}, query = ''): Promise<[number, string]> {
  const answer = await fetch(`${url}/api/v1/write${query}`, {
    method: 'POST', body: new Uint8Array(body),
    headers: { 'content-type': contentType, 'content-encoding': 'snappy', 'x-prometheus-remote-write-version': '0.1.0', ...headers },
  });
  const said = await answer.text();
  return [answer.status, said.startsWith('{') ? (JSON.parse(said) as { detail: string }).detail : said];
}

const write = async (timeseries: readonly TimeSeries[], query = ''): Promise<[number, string]> =>
  post(await packed(encodeWriteRequest({ timeseries, metadata: [] })), {}, query);

describe('a remote write', () => {
  it('is in the archive, every value as it is, stale markers as the end of a line, in any order and once', async () => {
    const at = 1_790_000_000_000;
    const body = [
      series({ __name__: 'kinds', of: 'exact', b: '2', empty: '' }, [at, 0.1], [at + 1, NaN], [at + 2, Infinity], [at + 3, -Infinity], [at + 4, null], [at + 7, 1e-320]),
      series({ __name__: 'other', of: 'exact' }, [at + 5, 3]),
    ];
    expect(await write(body)).toEqual([204, '']);
    expect(await write(body)).toEqual([204, '']);
    expect(await write([series({ of: 'exact', __name__: 'other' }, [at + 9, 5], [at + 1, 2], [at + 5, 4])])).toEqual([204, '']);
    expect(await archived({ of: 'exact' })).toEqual([
      { labels: { __name__: 'kinds', of: 'exact', b: '2' }, at: [0, 1, 2, 3, 4, 7].map((more) => at + more), values: ['0.1', 'NaN', 'Infinity', '-Infinity', null, '1e-320'] },
      { labels: { __name__: 'other', of: 'exact' }, at: [at + 1, at + 5, at + 9], values: ['2', '4', '5'] },
    ]);
  });

  it('gets the labels that the sender asks for in the address, over its own', async () => {
    expect(await write([series({ __name__: 'up', of: 'tenants', tenant: 'mine' }, [1_790_000_000_000, 1])], '?extra_label=tenant=a&extra_label=zone=x=y')).toEqual([204, '']);
    expect((await archived({ of: 'tenants' })).map(({ labels }) => labels)).toEqual([{ __name__: 'up', of: 'tenants', tenant: 'a', zone: 'x=y' }]);
    expect(await write([], '?extra_label=tenant')).toEqual([400, 'extra_label: must be name=value, not "tenant"']);
  });

  it('with series that break a rule is stored without them and answered by 400, which nobody sends again', async () => {
    const at = Date.now();
    const fine = series({ __name__: 'fine', of: 'rules' }, [at, 1]);
    const twice = { labels: [{ name: '__name__', value: 'twice' }, { name: 'of', value: 'rules' }, { name: 'of', value: 'rules' }], times: [at], values: [1] };
    for (const [bad, rule] of [
      [series({ of: 'rules' }, [at, 1]), 'labels: must have a __name__'],
      [twice, 'twice: the label of is given twice'],
      [series({ __name__: 'future', of: 'rules' }, [at - 1000, 1], [at + 3_600_000, 1]), 'future: timestamp: must lie between 1970 and 10 minutes from now'],
      [series({ __name__: 'past', of: 'rules' }, [-1, 1]), 'past: timestamp: must lie between 1970 and 10 minutes from now'],
      [series({ __name__: 'a b', of: 'rules' }, [at, 1]), 'a b: name: must match [a-zA-Z_:][a-zA-Z0-9_:]*, not "a b"'],
      [series({ __name__: 'label', 'o-f': 'x', of: 'rules' }, [at, 1]), 'label: labels: a name must match [a-zA-Z_][a-zA-Z0-9_]* and not be __name__'],
      [series({ __name__: 'x'.repeat(3000), of: 'rules' }, [at, 1]), expect.stringMatching(/^x+: metric_name: .*max_name_bytes/)],
    ] as const) {
      await db.rows(`select noetl.forget_lines('[{"name": "of", "type": "=", "value": "rules"}]')`);
      expect(await write([bad, fine])).toEqual([400, typeof rule === 'string' ? `${rule} (the rest is stored)` : rule]);
      expect((await archived({ of: 'rules' })).map(({ labels }) => labels['__name__'])).toEqual(['fine']);
    }
    expect(await write([series({ __name__: 'nul', a: '\0' }, [at, 1])])).toEqual([400, 'body: holds the character U+0000']);
  });

  it('is taken gzipped or bare, and nothing that is no remote write 1.0 is', async () => {
    const body = encodeWriteRequest({ timeseries: [series({ __name__: 'up', of: 'packings' }, [1_790_000_000_000, 1])], metadata: [{ metric_family_name: 'up', type: 'gauge', help: 'Up.', unit: '' }] });
    expect(await post(body, { 'content-encoding': 'identity' })).toEqual([204, '']);
    expect(await post(gzipSync(body), { 'content-encoding': 'gzip' })).toEqual([204, '']);
    expect(await post(await packed(body), { 'content-type': 'application/x-protobuf;proto=prometheus.WriteRequest' })).toEqual([204, '']);
    expect((await archived({ of: 'packings' })).length).toBe(1);
    expect(await post(await packed(body), { 'content-type': 'application/x-protobuf;proto=io.prometheus.write.v2.Request' }))
      .toEqual([415, 'content-type: must be prometheus.WriteRequest, remote write 1.0, not io.prometheus.write.v2.Request']);
    expect(await post(body, { 'content-encoding': 'zstd' })).toEqual([415, 'content-encoding: must be snappy, gzip or none, not zstd']);
    expect(await post(body)).toEqual([400, 'body: is no block of snappy']);
    expect(await post(await packed(Buffer.from('what is this?')))).toEqual([400, 'body: is no prometheus.WriteRequest']);
    expect(await post(await packed(Buffer.alloc(33_554_433)))).toEqual([413, 'body: is longer than 33554432 bytes']);
    expect(await post(Buffer.from('ffffffff7f00', 'hex'))).toEqual([413, 'body: is longer than 33554432 bytes']);
    expect(await post(Buffer.alloc(0))).toEqual([400, 'body: is no block of snappy']);
  });
});

/** A page on loopback that is another at each scrape: a counter, a gauge that comes and goes, a histogram. */
async function changingPage(): Promise<string> {
  let scrapes = 0;
  const server = createServer((_request, response) => {
    scrapes += 1;
    response.setHeader('content-type', 'text/plain; version=0.0.4');
    response.end([
      '# TYPE scrapes_total counter', `scrapes_total{of="senders"} ${scrapes * 1.5}`,
      ...(scrapes % 4 < 2 ? ['# TYPE visitor gauge', `visitor{of="senders",name="ü \\"x\\""} ${scrapes % 3 === 0 ? 'NaN' : -scrapes}`] : []),
      '# TYPE wait histogram', ...['0.5', '+Inf'].map((le) => `wait_bucket{of="senders",le="${le}"} ${scrapes}`), `wait_sum{of="senders"} 1e-9`, `wait_count{of="senders"} ${scrapes}`, '',
    ].join('\n'));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(async () => {
    server.close();
    await once(server, 'close');
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/metrics`;
}

/** By series, every sample up to a time as "time value", from the archive. */
async function archivedUntil(labels: Readonly<Record<string, string>>, until: number): Promise<Record<string, string[]>> {
  return byLabels((await archived(labels)).map((line) => ({
    labels: line.labels, samples: line.at.flatMap((at, i) => (at <= until && typeof line.values[i] === 'string' ? [`${at} ${Number(line.values[i])}`] : [])),
  })));
}

function byLabels(all: readonly { labels: Readonly<Record<string, string>>; samples: string[] }[]): Record<string, string[]> {
  return Object.fromEntries(all.map(({ labels, samples }) => [JSON.stringify(Object.entries(labels).toSorted(([a], [b]) => (a < b ? -1 : 1))), samples]));
}

const trulyNeeding: typeof needing = (...tools) => (inTrueTime ? needing(...tools) : it.skip);

describe('the senders', () => {
  trulyNeeding(prometheus)('a real Prometheus leaves in the archive what it has itself, and its stale markers', async () => {
    const sender = await startPrometheus({ page: await changingPage() }, { remoteWrite: `${url}/api/v1/write?extra_label=by=prometheus` });
    onTestFinished(sender.stop);
    const theirs = async (): Promise<{ labels: Record<string, string>; samples: (readonly [number, string])[] }[]> => {
      const { result } = await sender.ask<{ result: { metric: Record<string, string>; values: [number, string][] }[] }>('query', { query: '{job="page"}[1h]' });
      return result.map(({ metric, values }) => ({ labels: { ...metric, by: 'prometheus' }, samples: values.map(([at, value]) => [Math.round(at * 1000), value] as const) }));
    };
    await expect.poll(async () => Math.max(0, ...(await theirs()).map(({ samples }) => samples.length)), { interval: 500 }).toBeGreaterThan(6);
    const stored = await theirs();
    const until = Math.max(...stored.flatMap(({ samples }) => samples.map(([at]) => at)));
    const expected = byLabels(stored.map(({ labels, samples }) => ({ labels, samples: samples.map(([at, value]) => `${at} ${Number(value.replace('Inf', 'Infinity'))}`) })));
    expect(Object.keys(expected).length).toBeGreaterThan(8);
    await expect.poll(async () => archivedUntil({ by: 'prometheus' }, until), { interval: 500 }).toEqual(expected);
    const visitor = (await archived({ by: 'prometheus', of: 'senders' })).find(({ labels }) => labels['__name__'] === 'visitor');
    expect(visitor?.values.slice(0, 2)).toEqual(['-1', null]);
    expect(await db.value(`select count(*)::int from noetl.query('visitor{by="prometheus"}', to_timestamp($1::float8 / 1000))`, [visitor?.at[1]])).toBe(0);
    expect(sender.complaints()).toEqual([]);
  });

  trulyNeeding(vmagent, victoriaMetrics)('a real vmagent leaves in the archive what it leaves in VictoriaMetrics', async () => {
    const folder = await temporaryFolder();
    const [store, agent] = [await freePort(), await freePort()];
    const { host, pathname } = new URL(await changingPage());
    await writeFile(join(folder, 'scrape.yml'), JSON.stringify({
      global: { scrape_interval: '1s' }, scrape_configs: [{ job_name: 'page', metrics_path: pathname, static_configs: [{ targets: [host] }] }],
    }));
    const start = (path: string, args: string[]): void => {
      const child = spawn(path, args, { cwd: folder, stdio: 'ignore' });
      const ended = once(child, 'exit');
      onTestFinished(async () => {
        child.kill();
        await ended;
      });
    };
    start(pathOf(victoriaMetrics), ['-storageDataPath=store', `-httpListenAddr=127.0.0.1:${store}`, '-retentionPeriod=100y', '-search.latencyOffset=0s']);
    await expect.poll(async () => fetch(`http://127.0.0.1:${store}/health`).then(({ status }) => status, () => 0), { interval: 100 }).toBe(200);
    start(pathOf(vmagent), [
      '-promscrape.config=scrape.yml', `-httpListenAddr=127.0.0.1:${agent}`, '-remoteWrite.tmpDataPath=queue', '-remoteWrite.flushInterval=1s',
      `-remoteWrite.url=http://127.0.0.1:${store}/api/v1/write?extra_label=by=vmagent`, `-remoteWrite.url=${url}/api/v1/write?extra_label=by=vmagent`,
    ]);
    const theirs = async (): Promise<{ labels: Record<string, string>; values: (number | string | null)[]; timestamps: number[] }[]> => {
      const lines = (await (await fetch(`http://127.0.0.1:${store}/api/v1/export?match[]={of="senders"}`)).text()).split('\n').filter((line) => line !== '');
      return lines.map((line) => JSON.parse(line) as { metric: Record<string, string>; values: (number | string | null)[]; timestamps: number[] }).map(({ metric, ...rest }) => ({ labels: metric, ...rest }));
    };
    await expect.poll(async () => Math.max(0, ...(await theirs()).map(({ values }) => values.length)), { interval: 500 }).toBeGreaterThan(10);
    const stored = await theirs();
    const until = Math.max(...stored.flatMap(({ timestamps }) => timestamps));
    // what a stale marker is there is null here, and so is any other NaN there
    const ours = async (): Promise<Record<string, string[]>> => Object.fromEntries(Object.entries(await archivedUntil({ by: 'vmagent', of: 'senders' }, until)).map(([key, samples]) => [key, samples.filter((sample) => !sample.endsWith('NaN'))]));
    const expected = byLabels(stored.map(({ labels, values, timestamps }) => ({
      labels, samples: values.flatMap((value, i) => (typeof value === 'number' ? [`${timestamps[i]} ${value}`] : [])),
    })));
    await expect.poll(ours, { interval: 500 }).toEqual(expected);
    expect((await archived({ by: 'vmagent', of: 'senders' })).find(({ labels }) => labels['__name__'] === 'visitor')?.values.slice(0, 2)).toEqual(['-1', null]);
  });
});
