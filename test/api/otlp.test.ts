import { AggregationTemporalityPreference, OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import type { FastifyInstance } from 'fastify';
import { Pool } from 'pg';
import { beforeAll, expect, it } from 'vitest';
import { buildServer } from '../../src/server/app.ts';
import { surviveLostConnections } from '../../src/server/database.ts';
import { useDatabase } from '../support/database.ts';

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

function sdk(service: string, temporalityPreference: AggregationTemporalityPreference): MeterProvider {
  const exporter = new OTLPMetricExporter({ url: `${url}/v1/metrics`, temporalityPreference });
  return new MeterProvider({
    resource: resourceFromAttributes({ 'service.name': service }),
    readers: [new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 })],
  });
}

const linesOf = async (service: string): Promise<string[]> =>
  (await (await fetch(`${url}/metrics`)).text())
    .split('\n')
    .filter((line) => line.includes(`component="${service}"`))
    .map((line) => line.replace(`component="${service}",component_type="service"`, ''))
    .toSorted();

it('the OpenTelemetry SDK reports running totals, and the page shows them', async () => {
  const provider = sdk('checkout', AggregationTemporalityPreference.CUMULATIVE);
  const meter = provider.getMeter('test');
  const orders = meter.createCounter('orders.taken');
  const latency = meter.createHistogram('latency', { advice: { explicitBucketBoundaries: [1, 5] } });
  meter.createUpDownCounter('open').add(3);
  meter.createObservableGauge('load').addCallback((result) => result.observe(0.5, { 'cpu.id': 1 }));
  orders.add(2, { region: 'north' });
  latency.record(0.5);
  latency.record(3);
  await provider.forceFlush();
  orders.add(3, { region: 'north' });
  await provider.forceFlush();
  expect(await linesOf('checkout')).toEqual([
    'latency_bucket{,le="+Inf"} 2',
    'latency_bucket{,le="1.0"} 1',
    'latency_bucket{,le="5.0"} 2',
    'latency_count{} 2',
    'latency_sum{} 3.5',
    'load{,cpu_id="1"} 0.5',
    'open{} 3',
    'orders_taken_total{,region="north"} 5',
  ]);
  await provider.shutdown();
});

it('and what was added since the last report', async () => {
  const provider = sdk('billing', AggregationTemporalityPreference.DELTA);
  const paid = provider.getMeter('test').createCounter('paid');
  paid.add(2);
  await provider.forceFlush();
  paid.add(5);
  await provider.forceFlush();
  expect(await linesOf('billing')).toEqual(['paid_total{} 7']);
  await provider.shutdown();
});

it.each([['[]'], ['{"resourceMetrics": 1}'], ['{"resourceMetrics']])('%s is refused', async (payload) => {
  const answer = await app.inject({ method: 'POST', url: '/v1/metrics', headers: { 'content-type': 'application/json' }, payload });
  expect(answer.statusCode).toBe(400);
});
