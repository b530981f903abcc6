import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { AggregationTemporalityPreference, OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http';
import { OTLPMetricExporter as ProtobufExporter } from '@opentelemetry/exporter-metrics-otlp-proto';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { AggregationType, MeterProvider, PeriodicExportingMetricReader, type ViewOptions } from '@opentelemetry/sdk-metrics';
import type { FastifyInstance } from 'fastify';
import { Pool } from 'pg';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { messageType } from '../../src/protobuf/messages.ts';
import { buildServer } from '../../src/server/app.ts';
import { surviveLostConnections } from '../../src/database.ts';
import { useDatabase } from '../support/database.ts';
import { openMetricsFaults, textFaults } from '../support/openmetrics.ts';
import { promtoolComplaints } from '../support/prometheus.ts';
import { curl, needing, promtool } from '../support/tools.ts';

const db = useDatabase();
let app: FastifyInstance;
let url: string;

beforeAll(async () => {
  const pool = new Pool({ connectionString: db.url });
  surviveLostConnections(pool, () => {});
  app = buildServer({ pool });
  url = await app.listen({ port: 0, host: '127.0.0.1' });
  return async () => {
    await app.close();
    await pool.end();
  };
});

function sdk(service: string, temporalityPreference: AggregationTemporalityPreference, views: ViewOptions[] = [], Exporter: typeof OTLPMetricExporter | typeof ProtobufExporter = OTLPMetricExporter): MeterProvider {
  const exporter = new Exporter({ url: `${url}/v1/metrics`, temporalityPreference });
  return new MeterProvider({
    resource: resourceFromAttributes({ 'service.name': service }),
    readers: [new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 })],
    views,
  });
}

const page = async (accept = 'text/plain'): Promise<string> => (await fetch(`${url}/metrics`, { headers: { accept } })).text();

/** The lines of a component, without the labels that all of them have. */
const linesOf = async (component: string, accept?: string): Promise<string[]> =>
  (await page(accept))
    .split('\n')
    .filter((line) => line.includes(`component="${component}"`))
    .map((line) => line.replace(`component="${component}",component_type="service"`, '').replace(',otel_scope_name="test"', ''))
    .toSorted();

describe('the OpenTelemetry SDK', () => {
  it('reports running totals, and the page shows them', async () => {
    const provider = sdk('checkout', AggregationTemporalityPreference.CUMULATIVE);
    const meter = provider.getMeter('test');
    const orders = meter.createCounter('orders.taken');
    const latency = meter.createHistogram('latency', { unit: 'ms', advice: { explicitBucketBoundaries: [1, 5] } });
    meter.createUpDownCounter('open').add(3);
    meter.createObservableGauge('load', { unit: '1' }).addCallback((result) => result.observe(0.5, { 'cpu.id': 1 }));
    orders.add(2, { region: 'north' });
    latency.record(0.5);
    latency.record(3);
    await provider.forceFlush();
    orders.add(3, { region: 'north' });
    await provider.forceFlush();
    expect(await linesOf('checkout')).toEqual([
      'latency_milliseconds_bucket{,le="+Inf"} 2',
      'latency_milliseconds_bucket{,le="1.0"} 1',
      'latency_milliseconds_bucket{,le="5.0"} 2',
      'latency_milliseconds_count{} 2',
      'latency_milliseconds_sum{} 3.5',
      'load_ratio{,cpu_id="1"} 0.5',
      'open{} 3',
      'orders_taken_total{,region="north"} 5',
    ]);
    await provider.shutdown();
  });

  it('reports what was added since its last report, and the page shows what that comes to', async () => {
    const provider = sdk('billing', AggregationTemporalityPreference.DELTA);
    const meter = provider.getMeter('test');
    const paid = meter.createCounter('paid', { unit: 'EUR' });
    const size = meter.createHistogram('size', { unit: 'By', advice: { explicitBucketBoundaries: [10, 100] } });
    const open = meter.createUpDownCounter('invoices.open', { unit: '{invoice}' });
    paid.add(2);
    size.record(5);
    open.add(4);
    await provider.forceFlush();
    paid.add(5);
    size.record(50);
    size.record(500);
    open.add(-1);
    await provider.forceFlush();
    await provider.forceFlush();
    expect(await linesOf('billing')).toEqual([
      'invoices_open{} 3',
      'paid_EUR_total{} 7',
      'size_bytes_bucket{,le="+Inf"} 3',
      'size_bytes_bucket{,le="10.0"} 1',
      'size_bytes_bucket{,le="100.0"} 2',
      'size_bytes_count{} 3',
      'size_bytes_sum{} 555',
    ]);
    await provider.shutdown();
  });

  it.each([['CUMULATIVE', 'shipping'], ['DELTA', 'returns']] as const)('reports %s exponential histograms, counted exactly at powers of two', async (temporality, service) => {
    const views = [{ instrumentName: 'weight', aggregation: { type: AggregationType.EXPONENTIAL_HISTOGRAM } } as const];
    const provider = sdk(service, AggregationTemporalityPreference[temporality], views);
    const weight = provider.getMeter('test').createHistogram('weight', { unit: 'g' });
    const values = [0, 0.3, 0.7, 1, 1.5, 2, 3, 700, 1000, 1024, 1025];
    for (const [index, value] of values.entries()) {
      weight.record(value);
      if (index % 4 === 3) await provider.forceFlush();
    }
    await provider.forceFlush();
    const lines = await linesOf(service);
    const seen = lines.flatMap((line) => /_bucket\{,le="([\d.]+)"\} (\d+)$/.exec(line)?.slice(1).map(Number) ?? []);
    expect(seen.length).toBeGreaterThan(6);
    for (let i = 0; i < seen.length; i += 2) {
      expect([seen[i], seen[i + 1]]).toEqual([seen[i], values.filter((value) => value <= (seen[i] ?? 0)).length]);
    }
    expect(lines.filter((line) => !/le="[\d.]/.test(line))).toEqual([
      'weight_grams_bucket{,le="+Inf"} 11', 'weight_grams_count{} 11', `weight_grams_sum{} ${values.reduce((sum, value) => sum + value, 0)}`,
    ]);
    await provider.shutdown();
  });
});

describe('OTLP in protobuf', () => {
  const sent = { 'content-type': 'application/x-protobuf' };
  const request = messageType('otlp.ExportMetricsServiceRequest');
  const bytes = (body: object): Buffer => Buffer.from(request.encode(request.fromObject(body)).finish());
  const post = async (payload: Buffer, headers: Record<string, string> = {}): Promise<[number, unknown, Json]> => {
    const answer = await app.inject({ method: 'POST', url: '/v1/metrics', headers: { ...sent, ...headers }, payload });
    const message = messageType(answer.statusCode === 200 ? 'otlp.ExportMetricsServiceResponse' : 'rpc.Status');
    return [answer.statusCode, answer.headers['content-type'], message.toObject(message.decode(answer.rawPayload), { longs: Number })];
  };

  it.each([['CUMULATIVE', 'proto-total'], ['DELTA', 'proto-delta']] as const)('the SDK exports %s as it does in JSON, and is content with the answer', async (temporality, service) => {
    const views = [{ instrumentName: 'weight', aggregation: { type: AggregationType.EXPONENTIAL_HISTOGRAM } } as const];
    const providers = [ProtobufExporter, OTLPMetricExporter].map((Exporter, i) => sdk(`${service}-${i}`, AggregationTemporalityPreference[temporality], views, Exporter));
    for (const provider of providers) {
      const meter = provider.getMeter('test', '1.2.3', { schemaUrl: 'https://example.org/1' });
      const orders = meter.createCounter('orders.taken', { description: 'Orders.' });
      const latency = meter.createHistogram('latency', { unit: 'ms', advice: { explicitBucketBoundaries: [1, 5] } });
      meter.createUpDownCounter('open').add(-3.5);
      meter.createObservableGauge('load', { unit: '1' }).addCallback((result) => result.observe(0, { 'cpu.id': 1, list: ['a', 'b'], yes: true, share: 0.5 }));
      for (const value of [0, 0.5, 3, 700]) {
        orders.add(value, { region: 'ü' });
        latency.record(value);
        meter.createHistogram('weight').record(value);
        await provider.forceFlush();
      }
      await provider.shutdown();
    }
    const lines = await linesOf(`${service}-0`);
    expect(lines.length).toBeGreaterThan(12);
    expect(lines).toEqual((await linesOf(`${service}-1`)).map((line) => line.replace(`${service}-1`, `${service}-0`)));
  });

  it('has every number, attribute and exemplar that JSON has, gzipped or not', async () => {
    const attributes = [
      { key: 'text', value: { stringValue: 'a "b"\n✓' } }, { key: 'whole', value: { intValue: '9007199254740993' } }, { key: 'below', value: { intValue: -5 } }, { key: 'no', value: { boolValue: false } },
      { key: 'bytes', value: { bytesValue: Buffer.from('hi') } }, { key: 'list', value: { arrayValue: { values: [{ boolValue: true }, { kvlistValue: { values: [{ key: 'k', value: { doubleValue: 0.5 } }] } }] } } },
    ];
    const ids = { traceId: Buffer.from('0af7651916cd43dd8448eb211c80319c', 'hex'), spanId: Buffer.from('b7ad6b7169203331', 'hex') };
    const body = bytes({ resourceMetrics: [{
      resource: { attributes: [{ key: 'service.name', value: { stringValue: 'proto-kinds' } }] },
      scopeMetrics: [{ scope: { name: 'test' }, metrics: [
        { name: 'int', gauge: { dataPoints: [{ asInt: '-4503599627370496', attributes }, { asInt: 0 }] } }, { name: 'nan', gauge: { dataPoints: [{ asDouble: NaN }] } }, { name: 'low', gauge: { dataPoints: [{ asDouble: -Infinity }] } },
        { name: 'calls', sum: { isMonotonic: true, aggregationTemporality: 2, dataPoints: [{ asInt: 9, exemplars: [{ ...ids, asDouble: 2, timeUnixNano: '1790000000125000000' }] }] } },
        { name: 'none', histogram: { aggregationTemporality: 2, dataPoints: [{ bucketCounts: [0, 0], explicitBounds: [1] }] } },
        { name: 'wait', summary: { dataPoints: [{ count: 4, sum: 8, quantileValues: [{ quantile: 0, value: 0 }, { quantile: 0.5, value: 2 }] }] } },
      ] }],
    }] });
    for (const [payload, headers] of [[body, {}], [gzipSync(body), { 'content-encoding': 'gzip' }]] as const) expect(await post(payload, headers)).toEqual([200, 'application/x-protobuf', {}]);
    expect(await linesOf('proto-kinds', 'application/openmetrics-text')).toEqual([
      'calls_total{} 9 # {span_id="b7ad6b7169203331",trace_id="0af7651916cd43dd8448eb211c80319c"} 2 1790000000.125',
      String.raw`int{below="-5",bytes="aGk=",,list="[true,{\"k\":0.5}]",no="false",text="a \"b\"\n✓",whole="9007199254740993"} -4.503599627370496e+15`,
      'int{} 0', 'low{} -Inf', 'nan{} NaN', 'none_bucket{,le="+Inf"} 0', 'none_bucket{,le="1.0"} 0',
      'wait_count{} 4', 'wait_sum{} 8', 'wait{,quantile="0.0"} 0', 'wait{,quantile="0.5"} 2',
    ]);
  });

  it('is answered in protobuf: of what is refused, of what is no message, and without a token', async () => {
    const point = (name: string, asDouble: number): object => ({ name, sum: { isMonotonic: true, aggregationTemporality: 2, dataPoints: [{ asDouble }] } });
    expect(await post(bytes({ resourceMetrics: [{ scopeMetrics: [{ metrics: [point('rising', 1), point('falling', -1)] }] }] }))).toEqual([
      200, 'application/x-protobuf', { partialSuccess: { rejectedDataPoints: 1, errorMessage: 'falling_total: asDouble: a monotonic sum must be from 0 to 1e300' } },
    ]);
    const nested = Array.from({ length: 500 }).reduce<object>((value) => ({ arrayValue: { values: [value] } }), { stringValue: 'deep' });
    expect(() => bytes({ resourceMetrics: [{ resource: { attributes: [{ key: 'a', value: nested }] } }] })).toThrow(/recursion|depth/i);
    const refusedBodies: [Buffer, string][] = [
      [Buffer.from('what is this?'), 'body: is no ExportMetricsServiceRequest'],
      [bytes({ resourceMetrics: [{ scopeMetrics: [{ metrics: [{ name: 'x', gauge: { dataPoints: [{ asInt: 1, attributes: [{ key: 'a', value: { stringValue: '\0' } }] }] } }] }] }] }), 'body: holds the character U+0000'],
    ];
    for (const [body, message] of refusedBodies) expect(await post(body)).toEqual([400, 'application/x-protobuf', { code: 3, message }]);
    expect(await post(Buffer.alloc(8 * 1024 * 1024 + 1))).toEqual([413, 'application/x-protobuf', { code: 8, message: 'body: is longer than 8388608 bytes' }]);
    const strict = buildServer({ pool: db.pool, tokens: { write: 'a-token-to-write-with' } });
    try {
      const { statusCode, headers, rawPayload } = await strict.inject({ method: 'POST', url: '/v1/metrics', headers: sent, payload: bytes({}) });
      const status = messageType('rpc.Status');
      expect([statusCode, headers['content-type'], status.toObject(status.decode(rawPayload))]).toEqual([401, 'application/x-protobuf', { code: 16, message: 'A bearer token that may write is needed.' }]);
    } finally {
      await strict.close();
    }
  });
});

type Json = Record<string, unknown>;

const scoped = (service: string, metrics: Json[], attributes: Json = {}): Json => ({
  resourceMetrics: [{
    resource: {
      attributes: Object.entries({ 'service.name': service, ...attributes }).map(([key, value]) => ({ key, value: { stringValue: value } })),
    },
    scopeMetrics: [{ scope: { name: 'test' }, metrics }],
  }],
});

async function report(body: unknown, headers: Record<string, string> = {}): Promise<[number, Json]> {
  const payload = typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);
  const answer = await app.inject({ method: 'POST', url: '/v1/metrics', headers: { 'content-type': 'application/json', ...headers }, payload });
  return [answer.statusCode, answer.json<Json>()];
}

/** google.rpc.Status, with what is to blame where the message names it. */
function refusal(message: string): Json {
  const [, field, description] = /^([a-zA-Z-]+): (.*)$/.exec(message) ?? [];
  const details = [{ '@type': 'type.googleapis.com/google.rpc.BadRequest', fieldViolations: [{ field, description }] }];
  return { code: 3, message, ...(description !== undefined && { details }) };
}

const nanos = (seconds: number): string => `${Math.floor(Date.now() / 1000) - 100 + seconds}000000000`;
const sum = (name: string, point: Json, more: Json = {}): Json => ({ name, sum: { isMonotonic: true, aggregationTemporality: 2, dataPoints: [point], ...more } });
const gauge = (name: string, ...dataPoints: Json[]): Json => ({ name, gauge: { dataPoints } });
const histogram = (name: string, point: Json, aggregationTemporality = 1): Json => ({ name, histogram: { aggregationTemporality, dataPoints: [point] } });

describe('a request', () => {
  it('may hold numbers as strings, NaN and infinities, attributes of any type, and is gzipped', async () => {
    const attributes = [
      { key: 'text', value: { stringValue: 'a "b"' } }, { key: '1st.of--two', value: { intValue: '9007199254740993' } },
      { key: 'list', value: { arrayValue: { values: [{ boolValue: true }, { doubleValue: 0.5 }] } } },
      { key: 'same.name', value: { stringValue: 'y' } }, { key: 'same-name', value: { stringValue: 'x' } }, { key: 'empty', value: { stringValue: '' } },
    ];
    const body = scoped('numbers', [
      gauge('int', { asInt: '-7', attributes }), gauge('nan', { asDouble: 'NaN' }), gauge('inf', { asDouble: 'Infinity' }),
      gauge('below', { asDouble: '-Infinity' }), gauge('plain', { asDouble: 1e-3 }),
    ]);
    expect(await report(gzipSync(JSON.stringify(body)), { 'content-encoding': 'gzip' })).toEqual([200, {}]);
    expect(await linesOf('numbers')).toEqual([
      'below{} -Inf', 'inf{} +Inf',
      String.raw`int{_1st_of_two="9007199254740993",,list="[true,0.5]",same_name="x;y",text="a \"b\""} -7`,
      'nan{} NaN', 'plain{} 0.001',
    ]);
  });

  it('is of the component that its resource is, with the rest of it in target_info', async () => {
    const attributes = { 'service.namespace': 'shop', 'service.instance.id': 'pod-1', 'host.name': 'h' };
    expect(await report(scoped('front', [gauge('up', { asInt: 1 })], attributes))).toEqual([200, {}]);
    expect((await page()).split('\n').filter((line) => line.includes('component="front/pod-1"'))).toEqual([
      'target_info{component="front/pod-1",component_type="shop",host_name="h"} 1',
      'up{component="front/pod-1",component_type="shop",otel_scope_name="test"} 1',
    ]);
    expect(await db.row(`select labels, status, heartbeat_timeout::text from noetl.runtime where name = 'front/pod-1'`)).toEqual({
      labels: { host_name: 'h' }, status: 'ready', heartbeat_timeout: '00:05:00',
    });
    await db.rows(`select noetl.sweep_runtimes(clock_timestamp() + interval '2 minutes')`);
    expect(await db.value(`select status from noetl.runtime where name = 'front/pod-1'`)).toBe('ready');
    await db.rows(`select noetl.sweep_runtimes(clock_timestamp() + interval '6 minutes')`);
    expect(await db.value(`select status from noetl.runtime where name = 'front/pod-1'`)).toBe('offline');
    await report(scoped('front', [gauge('up', { asInt: 1 })], attributes));
    expect(await db.value(`select status from noetl.runtime where name = 'front/pod-1'`)).toBe('ready');
  });

  it.each([false, true])('of a component that was restarted leaves its last target_info alone, folded: %s', async (folded) => {
    const service = `restarted-${folded}`;
    const info = async (): Promise<(string | undefined)[]> => (await linesOf(service)).filter((line) => line.startsWith('target_info')).map((line) => /,(.*)\}/.exec(line)?.[1]);
    for (const pid of ['1', '2', '3', '1', '1', '3']) {
      await report(scoped(service, [gauge('up', { asInt: 1 })], { 'process.pid': pid }));
      if (folded) await db.rows('select noetl.fold()');
      expect(await info()).toEqual([`process_pid="${pid}"`]);
    }
    await report({ resourceMetrics: ['7', '8'].flatMap((pid) => scoped(service, [gauge('up', { asInt: 1 })], { 'process.pid': pid })['resourceMetrics'] as Json[]) });
    expect(await info()).toEqual(['process_pid="8"']);
    await report(scoped(service, [gauge('up', { asInt: 1 })]));
    expect(await info()).toEqual([]);
  });

  it('of two at once of one component leaves one target_info', async () => {
    const pids = Array.from({ length: 24 }, (_, i) => String(i % 3));
    await Promise.all(pids.map(async (pid) => report(scoped('twins', [gauge('up', { asInt: 1 })], { 'process.pid': pid }))));
    expect((await linesOf('twins')).filter((line) => line.startsWith('target_info')).length).toBe(1);
  });

  it('tells a service with a slash in its name from one with an instance, and attributes that only look like its name', async () => {
    const named = (name: string, value: number, attributes: Json = {}): Promise<unknown> => report(scoped(name, [gauge('whose', { asInt: value })], attributes));
    await named('a/b', 1);
    await named('a', 2, { 'service.instance.id': 'b' });
    await named('a%2Fb', 3);
    await named('a', 4, { 'service.instance.id': 'b/c' });
    await named('a/b', 5, { 'service.instance.id': 'c' });
    await named('n', 6, { service_name: 'o' });
    expect((await page()).split('\n').filter((line) => line.startsWith('whose')).map((line) => line.replace(',component_type="service",otel_scope_name="test"', ''))).toEqual([
      'whose{component="a%252Fb"} 3', 'whose{component="a%2Fb"} 1', 'whose{component="a%2Fb/c"} 5', 'whose{component="a/b"} 2', 'whose{component="a/b/c"} 4', 'whose{component="n"} 6',
    ]);
  });

  it('is of a job and an instance where the setting says so, also what came before', async () => {
    const attributes = { 'service.namespace': 'shop', 'service.instance.id': 'i-1', 'host.name': 'h' };
    const lines = async (): Promise<string[]> => (await page()).split('\n').filter((line) => /^(target_info|jobbed)\{.*(i-1|solo)/.test(line));
    const push = async (): Promise<void> => {
      await report(scoped('cart', [gauge('jobbed', { asInt: 1 })], attributes));
      await report(scoped('solo', [gauge('jobbed', { asInt: 2 })]));
    };
    const before = [
      'jobbed{component="cart/i-1",component_type="shop",otel_scope_name="test"} 1', 'jobbed{component="solo",component_type="service",otel_scope_name="test"} 2',
      'target_info{component="cart/i-1",component_type="shop",host_name="h"} 1',
    ];
    await push();
    await db.rows('select noetl.fold()');
    expect(await lines()).toEqual(before);
    await db.rows(`select noetl.set_setting('otlp_job', 'on')`);
    try {
      await push();
      expect(await lines()).toEqual([
        'jobbed{instance="i-1",job="shop/cart",otel_scope_name="test"} 1', 'jobbed{job="solo",otel_scope_name="test"} 2',
        'target_info{host_name="h",instance="i-1",job="shop/cart"} 1',
      ]);
    } finally {
      await db.rows(`select noetl.reset_setting('otlp_job')`);
    }
    await push();
    expect(await lines()).toEqual(before);
  });

  it('has the name and version of its scope, whatever the scope says beside them', async () => {
    const attributes = [['name', 'x'], ['version', 'y'], ['schema_url', 'z'], ['schema.url', 'z'], ['kind', 'k']].map(([key, stringValue]) => ({ key, value: { stringValue } }));
    for (const scope of [{ name: 'lib', version: '1', attributes }, { name: 'bare', attributes }]) {
      await report({ resourceMetrics: [{ resource: { attributes: [{ key: 'service.name', value: { stringValue: 'scopes' } }] }, scopeMetrics: [{ scope, metrics: [gauge('scoped', { asInt: 1 })] }] }] });
    }
    expect(await linesOf('scopes')).toEqual(['scoped{,otel_scope_kind="k",otel_scope_name="bare"} 1', 'scoped{,otel_scope_kind="k",otel_scope_name="lib",otel_scope_version="1"} 1']);
  });

  it('names metrics and units as OpenTelemetry lays down for Prometheus', async () => {
    const names = await db.rows(
      `select name, unit, type, _noetl.otlp_name(name, unit, type) as family
       from (values
         ('http.server.request.duration', 's', 'histogram'), ('system.network.io', 'By', 'counter'), ('disk.io.rate', 'By/s', 'gauge'),
         ('cpu.utilization', '1', 'gauge'), ('jobs', '1', 'counter'), ('requests_total', '{request}', 'counter'), ('cpu.time.seconds', 's', 'counter'),
         ('speed', 'm/s', 'gauge'), ('share', '%', 'gauge'), ('2xx', null, 'counter'), ('a..b--c', '', 'gauge'), ('errors', '{error}/min', 'gauge')
       ) as metric (name, unit, type)`,
    );
    expect(names.map(({ family }) => family)).toEqual([
      'http_server_request_duration_seconds', 'system_network_io_bytes_total', 'disk_io_rate_bytes_per_second', 'cpu_utilization_ratio', 'jobs_total',
      'requests_total', 'cpu_time_seconds_total', 'speed_meters_per_second', 'share_percent', '_2xx_total', 'a_b_c', 'errors_per_minute',
    ]);
  });

  it('that is sent again adds nothing again, while one like it that is later does', async () => {
    const body = (time: string): Json => scoped('retry', [
      sum('added', { asInt: '2', timeUnixNano: time }, { aggregationTemporality: 1 }),
      histogram('took', { count: '1', sum: 1, bucketCounts: ['1', '0'], explicitBounds: [5], timeUnixNano: time }),
    ]);
    const shown = async (): Promise<string[]> => (await linesOf('retry')).filter((line) => /added|count/.test(line));
    const [first, later] = [body(nanos(1)), body(nanos(2))];
    await report(first);
    await report(first);
    expect(await shown()).toEqual(['added_total{} 2', 'took_count{} 1']);
    await report(later);
    expect(await shown()).toEqual(['added_total{} 4', 'took_count{} 2']);
  });

  it('of two at once that add to the same streams loses nothing', async () => {
    const orders = [['a', 'b', 'c'], ['c', 'b', 'a'], ['b', 'a', 'c']];
    const bodies = Array.from({ length: 21 }, (_, i) => scoped('together', (orders[i % 3] ?? []).map((name) =>
      sum(name, { asInt: '1', timeUnixNano: nanos(i) }, { aggregationTemporality: 1 }))));
    expect((await Promise.all(bodies.map(async (body) => report(body)))).every(([status]) => status === 200)).toBe(true);
    expect(await linesOf('together')).toEqual(['a_total{} 21', 'b_total{} 21', 'c_total{} 21']);
  });

  it('may come late, and start again from nothing', async () => {
    const at = (time: number, value: number): Json => scoped('late', [sum('seen', { asInt: value, timeUnixNano: nanos(time), startTimeUnixNano: nanos(0) })]);
    for (const body of [at(20, 20), at(10, 10)]) await report(body);
    expect(await linesOf('late')).toEqual(['seen_total{} 20']);
    await db.rows('select noetl.fold()');
    await report(at(15, 15));
    expect(await linesOf('late')).toEqual(['seen_total{} 20']);
    await report(at(30, 1));
    expect(await linesOf('late')).toEqual(['seen_total{} 1']);
  });

  it('may bring other bounds or quantiles, and what it has not any more leaves the page', async () => {
    const total = (bounds: number[], counts: number[], time: number): Json => histogram('size',
      { count: String(counts.reduce((a, b) => a + b)), sum: 1, bucketCounts: counts.map(String), explicitBounds: bounds, timeUnixNano: nanos(time) }, 2);
    const summary = (quantiles: number[], time: number): Json => ({
      name: 'wait', summary: { dataPoints: [{ count: '4', sum: 8, quantileValues: quantiles.map((quantile) => ({ quantile, value: quantile * 10 })), timeUnixNano: nanos(time) }] },
    });
    await report(scoped('bounds', [total([1, 5], [1, 2, 3], 1), summary([0.5, 0.9], 1)]));
    await db.rows('select noetl.fold()');
    await report(scoped('bounds', [total([2], [1, 1], 2), summary([0.5, 0.99], 2)]));
    const expected = [
      'size_bucket{,le="+Inf"} 2', 'size_bucket{,le="2.0"} 1', 'size_count{} 2', 'size_sum{} 1',
      'wait_count{} 4', 'wait_sum{} 8', 'wait{,quantile="0.5"} 5', 'wait{,quantile="0.99"} 9.9',
    ];
    expect((await linesOf('bounds')).toSorted()).toEqual(expected.toSorted());
    await db.rows('select noetl.fold()');
    expect((await linesOf('bounds')).toSorted()).toEqual(expected.toSorted());
  });

  it('of deltas with other bounds adds up all of them', async () => {
    const delta = (bounds: number[], counts: number[], time: number): Json => histogram('mixed',
      { count: String(counts.reduce((a, b) => a + b)), sum: 1, bucketCounts: counts.map(String), explicitBounds: bounds, timeUnixNano: nanos(time) });
    await report(scoped('deltas', [delta([1, 5], [1, 2, 3], 1)]));
    await report(scoped('deltas', [delta([2], [10, 1], 2)]));
    expect(await linesOf('deltas')).toEqual([
      'mixed_bucket{,le="+Inf"} 17', 'mixed_bucket{,le="1.0"} 1', 'mixed_bucket{,le="2.0"} 11', 'mixed_bucket{,le="5.0"} 13', 'mixed_count{} 17', 'mixed_sum{} 2',
    ]);
  });

  it('that says that there is no value takes it off the page', async () => {
    await report(scoped('gone', [gauge('temp', { asInt: 1 }, { asInt: 2, attributes: [{ key: 'room', value: { stringValue: 'a' } }] }),
      histogram('h', { count: '1', sum: 1, bucketCounts: ['1', '0'], explicitBounds: [1] }, 2)]));
    await db.rows('select noetl.fold()');
    expect((await linesOf('gone')).length).toBe(6);
    await report(scoped('gone', [gauge('temp', { flags: 1 }), histogram('h', { flags: 1, count: '0' }, 2)]));
    expect(await linesOf('gone')).toEqual(['temp{,room="a"} 2']);
    await report(scoped('gone', [gauge('temp', { asInt: 3 })]));
    expect(await linesOf('gone')).toEqual(['temp{,room="a"} 2', 'temp{} 3']);
  });

  it('may bring exemplars, each of its own value and time, on counters and buckets', async () => {
    const exemplarTime = Date.now() - 90_125;
    const exemplar = (asDouble: number, last: string): Json => ({ asDouble, traceId: `0af7651916cd43dd8448eb211c80319${last}`, spanId: 'b7ad6b7169203331', timeUnixNano: `${exemplarTime}000000` });
    await report(scoped('traced', [
      sum('calls', { asInt: '9', exemplars: [exemplar(2, 'a')] }),
      histogram('took', { count: '3', sum: 9, bucketCounts: ['1', '2', '0'], explicitBounds: [1, 5], exemplars: [exemplar(0.5, 'b'), exemplar(3, 'c'), exemplar(4, 'd')] }, 2),
    ]));
    const traced = async (): Promise<string[]> => (await linesOf('traced', 'application/openmetrics-text')).filter((line) => line.includes('#'));
    const at = exemplarTime / 1000;
    const expected = [
      `calls_total{} 9 # {span_id="b7ad6b7169203331",trace_id="0af7651916cd43dd8448eb211c80319a"} 2 ${at}`,
      `took_bucket{,le="1.0"} 1 # {span_id="b7ad6b7169203331",trace_id="0af7651916cd43dd8448eb211c80319b"} 0.5 ${at}`,
      `took_bucket{,le="5.0"} 3 # {span_id="b7ad6b7169203331",trace_id="0af7651916cd43dd8448eb211c80319d"} 4 ${at}`,
    ];
    expect(await traced()).toEqual(expected);
    await db.rows('select noetl.fold()');
    expect(await traced()).toEqual(expected);
  });

  it('may bring exemplars with attributes, which are kept as far as OpenMetrics has room for them', async () => {
    const exemplar = (asDouble: number, more: Json): Json => ({ asDouble, timeUnixNano: nanos(1), ...more });
    const ids = { traceId: '0af7651916cd43dd8448eb211c80319a', spanId: 'b7ad6b7169203331' };
    const attributes = (stringValue: string): Json => ({ filteredAttributes: [{ key: 'user.id', value: { stringValue } }, { key: 'again', value: { boolValue: true } }] });
    // trace_id, span_id, user_id, again and their values have 128 characters with 49 for the user
    const room = 'x'.repeat(49);
    await report(scoped('attributed', [
      sum('alone', { asInt: '1', exemplars: [exemplar(2, attributes('"42"'))] }),
      sum('full', { asInt: '1', exemplars: [exemplar(2, { ...ids, ...attributes(room) })] }),
      sum('too_long', { asInt: '1', exemplars: [exemplar(2, { ...ids, ...attributes(`${room}x`) })] }),
      sum('traced', { asInt: '1', exemplars: [exemplar(3, attributes('43')), exemplar(2, ids)] }),
      sum('untold', { asInt: '1', exemplars: [exemplar(2, {})] }),
      gauge('level', { asInt: '1', exemplars: [exemplar(1, ids)] }),
    ]));
    const [trace, span] = [`trace_id="${ids.traceId}"`, `span_id="${ids.spanId}"`];
    const expected = [
      String.raw`alone_total{} 1 # {again="true",user_id="\"42\""} 2`,
      `full_total{} 1 # {again="true",${span},${trace},user_id="${room}"} 2`,
      'level{} 1',
      `too_long_total{} 1 # {${span},${trace}} 2`,
      `traced_total{} 1 # {${span},${trace}} 2`,
      'untold_total{} 1',
    ];
    const shown = async (): Promise<string[]> => (await linesOf('attributed', 'application/openmetrics-text')).map((line) => line.replace(/(# .*) [\d.]+$/, '$1'));
    expect(await shown()).toEqual(expected);
    await db.rows('select noetl.fold()');
    expect(await shown()).toEqual(expected);
  });

  it('is stored but for the data points that are wrong, which it is told', async () => {
    await report(scoped('partial', [gauge('temperature', { asInt: 1 })]));
    const [status, answer] = await report(scoped('partial', [
      gauge('good', { asInt: 1 }), sum('falling', { asInt: '-1' }), sum('untold', { asInt: '1' }, { aggregationTemporality: 0 }), gauge('empty', {}),
      histogram('crooked', { count: '1', bucketCounts: ['1'], explicitBounds: [1, 2] }), { name: 'temperature', summary: { dataPoints: [{ count: '1', sum: 1 }] } },
      gauge('bad.name$', { asInt: 2, attributes: [{ key: 'quantile', value: { stringValue: 'fine' } }] }),
    ]));
    expect(status).toBe(200);
    expect(answer).toEqual({ partialSuccess: { rejectedDataPoints: 5, errorMessage: expect.any(String) as string } });
    expect(String((answer['partialSuccess'] as Json)['errorMessage']).split('; ')).toEqual([
      'crooked: bucketCounts: must be one more than explicitBounds',
      'empty: asDouble: is missing, as is asInt',
      'falling_total: asDouble: a monotonic sum must be from 0 to 1e300',
      expect.stringContaining('temperature: metric_type: temperature is not a summary'),
      'untold_total: aggregationTemporality: must be 1 (delta) or 2 (cumulative)',
    ]);
    expect(await linesOf('partial')).toEqual(['bad_name_{,quantile="fine"} 2', 'good{} 1', 'temperature{} 1']);
  });

  it('leaves nothing of a data point that is refused: no part of it, nothing in its stream, no component of its own', async () => {
    const long = { attributes: [{ key: 'k', value: { stringValue: 'x'.repeat(60) } }] };
    const delta = (name: string, point: Json): Json => histogram(name, { count: '3', sum: 4, bucketCounts: ['1', '2'], explicitBounds: [5], ...point });
    await db.rows(`select noetl.set_setting('max_label_value_bytes', '50')`);
    await db.rows(`select noetl.declare_metric('crowded', 'histogram', max_series => 6)`);
    try {
      await report(scoped('whole', [delta('kept', {})]));
      const [status, answer] = await report(scoped('whole', [
        delta('kept', {}), delta('kept', long), delta('crowded', {}), delta('crowded', { attributes: [{ key: 'k', value: { stringValue: 'one too many' } }] }),
      ]));
      expect([status, answer]).toEqual([200, { partialSuccess: { rejectedDataPoints: 2, errorMessage: expect.stringMatching(/^crowded: would have more than 6 series.*; kept: labels: a value has 60 bytes/) as string } }]);
      const four = (name: string, n: number): string[] => [`${name}_bucket{,le="+Inf"} ${3 * n}`, `${name}_bucket{,le="5.0"} ${n}`, `${name}_count{} ${3 * n}`, `${name}_sum{} ${4 * n}`];
      expect(await linesOf('whole')).toEqual([...four('crowded', 1), ...four('kept', 2)]);
      await db.rows('select noetl.fold()');
      expect(await linesOf('whole')).toEqual([...four('crowded', 1), ...four('kept', 2)]);
      expect(await db.value(`select count(*)::int from _noetl.otlp_stream as s join noetl.runtime as r using (runtime_id) where r.name = 'whole'`)).toBe(2);
      await report(scoped('nobody', [delta('kept', long)], { 'host.name': 'h' }));
      expect(await linesOf('nobody')).toEqual([]);
      expect(await db.value(`select count(*)::int from noetl.runtime where name = 'nobody'`)).toBe(0);
    } finally {
      await db.rows(`select noetl.reset_setting('max_label_value_bytes')`);
    }
  });

  it.each([
    ['[]', 400, 'body: must be an ExportMetricsServiceRequest'],
    ['{"resourceMetrics": 1}', 400, 'resourceMetrics: must be an array of objects'],
    ['{"resourceMetrics": [{"scopeMetrics": [7]}]}', 400, 'scopeMetrics: must be an array of objects'],
    ['{"resourceMetrics', 400, 'body: is not JSON: Token ""resourceMetrics" is invalid.'],
  ])('%s is refused as OTLP refuses', async (payload, status, message) => {
    expect(await report(payload)).toEqual([status, refusal(message)]);
  });

  it.each([
    ['without a token', undefined, 401, 16, 'A bearer token that may write is needed.'],
    ['with a token that may only read', 'a-token-to-read-with', 403, 7, 'A bearer token that may write is needed; this one may only read.'],
    ['too often', 'a-token-to-write-with', 429, 8, 'At most 1 requests a second (NOETL_RATE_LIMIT).'],
  ])('%s is refused as OTLP refuses', async (_, token, status, code, message) => {
    const strict = buildServer({ pool: db.pool, tokens: { read: 'a-token-to-read-with', write: 'a-token-to-write-with' }, rateLimit: 1 });
    const clock = vi.spyOn(performance, 'now').mockReturnValue(performance.now());
    const ask = async () =>
      strict.inject({ method: 'POST', url: '/v1/metrics', payload: {}, headers: token === undefined ? {} : { authorization: `Bearer ${token}` } });
    try {
      if (status === 429) expect((await ask()).json()).toEqual({});
      const { statusCode, headers, body } = await ask();
      expect([statusCode, headers['content-type'], headers['retry-after'], JSON.parse(body)]).toEqual([
        status, 'application/json; charset=utf-8', status === 429 ? '1' : undefined, { code, message },
      ]);
    } finally {
      clock.mockRestore();
      await strict.close();
    }
  });

  it('as anything but JSON or protobuf is refused as such', async () => {
    const [status, answer] = await report('x', { 'content-type': 'text/plain' });
    const message = 'content-type: must be application/json or application/x-protobuf, not text/plain';
    expect([status, answer]).toEqual([415, refusal(message)]);
  });

  needing(curl)('may be sent by curl, as src/server/README.md shows', async () => {
    const readme = await readFile(new URL('../../src/server/README.md', import.meta.url), 'utf8');
    const [, command = '', shown = ''] = /## From OpenTelemetry.*?```sh\n(.*?)```.*?```prometheus\n(.*?)```/s.exec(readme) ?? [];
    const { stdout } = await promisify(execFile)('sh', ['-ec', command.replaceAll('localhost:8000', url).replace('curl', 'curl -sS --fail-with-body')]);
    expect(stdout).toBe('{}');
    expect((await page()).split('\n').filter((line) => line.startsWith('order_value')).map((line) => `${line}\n`).join('')).toBe(shown);
  });

  needing(promtool)('leaves a page that promtool and OpenMetrics have nothing to say against', async () => {
    const families = (await page()).split(/(?=^# HELP )/m).filter((family) => !/^# HELP (paid_EUR|latency_milli|int|nan|inf|below|up|temp|weight_grams|order_value)/.test(family));
    expect((await promtoolComplaints(families.join(''))).filter((complaint) => !/use base unit|should/.test(complaint))).toEqual([]);
    expect(textFaults(await page())).toEqual([]);
    expect(openMetricsFaults(await page('application/openmetrics-text'))).toEqual([]);
  });
});
