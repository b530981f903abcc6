/** What a Node service does today: prom-client's registry, served by Fastify. Run as a process with the series' count. */
import Fastify from 'fastify';
import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client';
import { helpOf, samples } from './workload.ts';

const registry = new Registry();
collectDefaultMetrics({ register: registry });
const metrics = new Map<string, Counter | Gauge>();
for (const { metric_name: name, metric_type, metric_value, labels } of samples(Number(process.argv[2]))) {
  const options = { name, help: helpOf(name), labelNames: Object.keys(labels), registers: [registry] };
  const metric = metrics.get(name) ?? (metric_type === 'counter' ? new Counter(options) : new Gauge(options));
  metrics.set(name, metric);
  metric.inc(labels, metric_value);
}

const app = Fastify();
app.get('/metrics', async (_, reply) => reply.type(registry.contentType).send(await registry.metrics()));
console.log(`listening ${await app.listen({ host: '127.0.0.1', port: 0 })}`);
