import { gunzipSync } from 'node:zlib';
import type { FastifyInstance } from 'fastify';
import { Pool } from 'pg';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { install } from '../../src/install.ts';
import { buildServer } from '../../src/server/app.ts';
import { useDatabase } from '../support/database.ts';
import { openMetricsFamilies, openMetricsFaults, textFamilies, textFaults, type Family } from '../support/openmetrics.ts';

const openmetrics = { accept: 'application/openmetrics-text;version=1.0.0' };
const urls = ['/metrics', '/api/metrics/prometheus', '/api/v1/metrics'];

const db = useDatabase();
let pool: Pool;
let app: FastifyInstance;

beforeAll(async () => {
  await db.rows(
    `select noetl.report(noetl.register_runtime('here', 'server_api'), $1)`,
    [JSON.stringify([
      { metric_name: 'stored_bytes', metric_type: 'gauge', metric_value: 7, help_text: 'Kept.', unit: 'bytes' },
      { metric_name: 'done_total', metric_type: 'counter', metric_value: 3, labels: { kind: 'a"b\\c\nd' } },
    ])],
  );
});

beforeEach(async () => {
  pool = new Pool({ connectionString: db.url });
  app = buildServer({ pool });
  await app.ready();
  return async () => {
    await app.close();
    await pool.end();
  };
});

const valueOf = (families: Family[], family: string): (number | undefined)[] =>
  families.filter(({ name }) => name === family).map(({ samples }) => samples[0]?.value);

describe('the page', () => {
  it.each(urls)('is served at %s as text 0.0.4', async (url) => {
    const answer = await app.inject({ url });
    expect(answer.statusCode).toBe(200);
    expect(answer.headers).toMatchObject({
      'content-type': 'text/plain; version=0.0.4; charset=utf-8; escaping=underscores',
      vary: 'Accept, Accept-Encoding',
    });
    expect(answer.headers).not.toHaveProperty('content-encoding');
    expect(textFaults(answer.body)).toEqual([]);
    expect(valueOf(textFamilies(answer.body), 'stored_bytes')).toEqual([7]);
    expect(valueOf(textFamilies(answer.body), 'done_total')).toEqual([3]);
  });

  it.each(urls)('is served at %s as OpenMetrics 1.0 to whoever asks', async (url) => {
    const answer = await app.inject({ url, headers: openmetrics });
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['content-type']).toBe(
      'application/openmetrics-text; version=1.0.0; charset=utf-8; escaping=underscores',
    );
    expect(openMetricsFaults(answer.body)).toEqual([]);
    expect(valueOf(openMetricsFamilies(answer.body), 'stored_bytes')).toEqual([7]);
    expect(valueOf(openMetricsFamilies(answer.body), 'done')).toEqual([3]);
  });

  it('is compressed only for whoever asks, and is the same page', async () => {
    const gzip = await app.inject({ url: '/metrics', headers: { 'accept-encoding': 'gzip' } });
    expect(gzip.headers).toMatchObject({ 'content-encoding': 'gzip', vary: 'Accept, Accept-Encoding' });
    expect(valueOf(textFamilies(gunzipSync(gzip.rawPayload).toString()), 'stored_bytes')).toEqual([7]);

    const refused = await app.inject({ url: '/metrics', headers: { 'accept-encoding': 'gzip;q=0' } });
    expect(refused.headers).not.toHaveProperty('content-encoding');
    expect(valueOf(textFamilies(refused.body), 'stored_bytes')).toEqual([7]);
  });

  it('is the same whether its families are small or large, over a socket and compressed', async () => {
    const values = Array.from({ length: 1000 }, (_, place) => place);
    await db.rows(`select noetl.report(noetl.register_runtime('here', 'server_api'), $1)`, [
      JSON.stringify(['a_large', 'p_large', 'z_large'].flatMap((metric_name) =>
        values.map((metric_value) => ({ metric_name, metric_type: 'gauge', metric_value, labels: { place: String(metric_value).padStart(40, '0') } })))),
    ]);
    const url = `${await app.listen({ port: 0, host: '127.0.0.1' })}/metrics`;
    for (const encoding of ['identity', 'gzip']) {
      for (const { format, accept, end } of [{ format: 'prometheus', accept: 'text/plain', end: '' }, { format: 'openmetrics', accept: openmetrics.accept, end: '# EOF\n' }]) {
        const answer = await fetch(url, { headers: { accept, 'accept-encoding': encoding } });
        expect([answer.status, answer.headers.get('content-encoding')]).toEqual([200, encoding === 'gzip' ? 'gzip' : null]);
        const body = await answer.text();
        if (encoding === 'identity') expect(Number(answer.headers.get('content-length'))).toBe(Buffer.byteLength(body));
        const [stored] = await db.rows<{ body: string }>(`
          select string_agg(body, '' order by family collate "C") as body from noetl.${format}_exposition`);
        const own = /^(# \w+ )?noetl_(http|nodejs|process)_.*\n/gm;
        expect(body.replaceAll(own, '')).toBe((stored?.body ?? '') + end);
      }
    }
  });

  it.each(urls)('has headers to be asked for alone at %s, without a word to the database', async (url) => {
    await pool.end();
    const answer = await app.inject({ method: 'HEAD', url, headers: { ...openmetrics, 'accept-encoding': 'gzip' } });
    expect(answer.statusCode).toBe(200);
    expect(answer.body).toBe('');
    expect(answer.headers).toMatchObject({
      'content-type': 'application/openmetrics-text; version=1.0.0; charset=utf-8; escaping=underscores',
      'content-encoding': 'gzip',
      vary: 'Accept, Accept-Encoding',
    });
    pool = new Pool(); // what is ended after the test
  });

  it('shows what was committed a moment ago', async () => {
    for (const value of [11, 12, 13]) {
      await db.rows(`select noetl.report(noetl.register_runtime('here', 'server_api'), $1)`, [
        JSON.stringify([{ metric_name: 'fresh', metric_type: 'gauge', metric_value: value }]),
      ]);
      expect(valueOf(textFamilies((await app.inject('/metrics')).body), 'fresh')).toEqual([value]);
    }
  });
});

describe('the server’s own metrics', () => {
  it('count requests by method, route and status, and unknown addresses as one', async () => {
    await app.inject('/metrics');
    await app.inject('/health?x=1');
    await app.inject('/health?x=2');
    await app.inject('/nowhere/1');
    await app.inject('/nowhere/2');
    const families = textFamilies((await app.inject('/metrics')).body);
    const requests = families.find(({ name }) => name === 'noetl_http_requests_total');
    expect(requests?.samples.map(({ labels, value }) => [labels, value])).toEqual([
      [{ method: 'GET', route: '/health', status_code: '200' }, 2],
      [{ method: 'GET', route: '/metrics', status_code: '200' }, 1],
      [{ method: 'GET', route: 'unmatched', status_code: '404' }, 2],
    ]);
    const duration = families.find(({ name }) => name === 'noetl_http_request_duration_seconds');
    expect(duration).toMatchObject({ type: 'histogram' });
    expect(duration?.samples.filter(({ name }) => name.endsWith('_count')).map(({ labels, value }) => [labels, value])).toEqual([
      [{ method: 'GET', route: '/health' }, 2],
      [{ method: 'GET', route: '/metrics' }, 1],
      [{ method: 'GET', route: 'unmatched' }, 2],
    ]);
  });

  it('break neither format, and stand among the others by name', async () => {
    await app.inject('/metrics');
    const text = (await app.inject('/metrics')).body;
    expect(textFaults(text)).toEqual([]);
    const names = textFamilies(text).map(({ name }) => name);
    expect(names).toContain('noetl_http_requests_total');
    expect(names).toEqual(names.toSorted());

    const open = (await app.inject({ url: '/metrics', headers: openmetrics })).body;
    expect(openMetricsFaults(open)).toEqual([]);
    expect(open.endsWith('\n# EOF\n')).toBe(true);
    const families = openMetricsFamilies(open);
    expect(families.find(({ name }) => name === 'noetl_http_requests')).toMatchObject({ type: 'counter' });
    expect(families.map(({ name }) => name)).toEqual(families.map(({ name }) => name).toSorted());
  });

  it('give way to a family of the same name in the database, in both formats', async () => {
    await db.rows(`select noetl.report(noetl.register_runtime('here', 'server_api'), $1)`, [
      JSON.stringify([
        { metric_name: 'noetl_http_requests_total', metric_type: 'counter', metric_value: 99 },
        { metric_name: 'noetl_http_request_duration_seconds_count', metric_type: 'gauge', metric_value: 98 },
      ]),
    ]);
    await app.inject('/metrics');
    const text = textFamilies((await app.inject('/metrics')).body);
    expect(valueOf(text, 'noetl_http_requests_total')).toEqual([99]);
    expect(valueOf(text, 'noetl_http_request_duration_seconds_count')).toEqual([98]);
    expect(valueOf(text, 'noetl_http_request_duration_seconds')).toEqual([]);
    const open = openMetricsFamilies((await app.inject({ url: '/metrics', headers: openmetrics })).body);
    expect(valueOf(open, 'noetl_http_requests')).toEqual([99]);
    expect(valueOf(open, 'noetl_http_request_duration_seconds')).toEqual([]);
  });
});

describe('other addresses', () => {
  it.each(['/', '/ui/page.css', '/prometheus.yml', '/alerts.yml', '/api/metrics/components', '/openapi.json'])('%s has headers to be asked for alone', async (url) => {
    const [whole, alone] = await Promise.all([app.inject({ url }), app.inject({ method: 'HEAD', url })]);
    expect([whole.statusCode, alone.statusCode, alone.body]).toEqual([200, 200, '']);
    expect(alone.headers['content-type']).toBe(whole.headers['content-type']);
    expect(Number(alone.headers['content-length'])).toBeGreaterThan(50);
  });

  it.each(['/metrics/', '/nothing'])('%s is not the page but a described problem', async (url) => {
    const answer = await app.inject({ url });
    expect(answer.statusCode).toBe(404);
    expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(answer.json()).toMatchObject({ title: 'Not Found', status: 404 });
  });

  it('an address that is no address is a described problem', async () => {
    const answer = await app.inject('/%zz');
    expect(answer.statusCode).toBe(400);
    expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
  });
});


describe('an upgrade under a running server', () => {
  it('shows at the next scrape, on a connection that has served the page before', async () => {
    const shown = async (): Promise<unknown> => valueOf(textFamilies((await app.inject('/metrics')).body), 'stored_bytes');
    expect(await shown()).toEqual([7]);
    await db.rows(`
      create or replace function _noetl.rendered_family(openmetrics boolean, wanted integer[], unfolded integer[])
      returns table (
        family_id integer, family text, metric_type text, help text, unit text, samples bigint, body text, stale_at timestamptz)
      language sql
      begin atomic
        select 1, 'stored_bytes', 'gauge', '', '', 1::bigint, E'# TYPE stored_bytes gauge\\nstored_bytes 6\\n', null::timestamptz;
      end;
      insert into _noetl.page_change default values`);
    expect(await shown()).toEqual([6]);

    await install(db.url);
    expect(await shown()).toEqual([7]);
    expect(pool.totalCount).toBe(1);
  });
});
