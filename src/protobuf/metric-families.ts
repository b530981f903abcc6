import protobuf from 'protobufjs/light.js';
import { enumType, messageType } from './messages.ts';

/** The numbers of 64 bits are texts. */
interface MetricFamily {
  readonly name?: string;
  readonly help?: string;
  readonly type?: number;
  readonly unit?: string;
  readonly metric?: readonly Metric[];
}

interface Metric {
  readonly label?: readonly LabelPair[];
  readonly gauge?: { readonly value?: number };
  readonly counter?: { readonly value?: number; readonly exemplar?: Exemplar };
  readonly untyped?: { readonly value?: number };
  readonly summary?: { readonly sample_count?: string; readonly sample_sum?: number; readonly quantile?: readonly { readonly quantile?: number; readonly value?: number }[] };
  readonly histogram?: { readonly sample_count?: string; readonly sample_count_float?: number; readonly sample_sum?: number; readonly bucket?: readonly Bucket[] };
  readonly timestamp_ms?: string;
}

interface Bucket {
  readonly cumulative_count?: string;
  readonly cumulative_count_float?: number;
  readonly upper_bound?: number;
  readonly exemplar?: Exemplar;
}

interface LabelPair {
  readonly name?: string;
  readonly value?: string;
}

interface Exemplar {
  readonly label?: readonly LabelPair[];
  readonly value?: number;
  readonly timestamp?: { readonly seconds?: string; readonly nanos?: number };
}

const family = messageType('client.MetricFamily');
const types = enumType('client.MetricType').valuesById;

/** What breaks a rule that the text could not say. */
export class Unwritable extends Error {
  override readonly name = 'Unwritable';
}

/** Delimited messages io.prometheus.client.MetricFamily as text 0.0.4, with exemplars as OpenMetrics has them. Throws where the bytes are none. */
export function metricFamiliesText(body: Uint8Array): string {
  const reader = protobuf.Reader.create(body);
  const lines: string[] = [];
  while (reader.pos < reader.len) {
    lines.push(...linesOf(family.toObject(family.decodeDelimited(reader), { longs: String })));
  }
  return lines.map((line) => `${line}\n`).join('');
}

function linesOf({ name = '', help, type = 0, metric = [] }: MetricFamily): string[] {
  if (!/^[a-zA-Z_:][a-zA-Z0-9_:]*$/.test(name)) throw new Unwritable(`body: a metric name matches [a-zA-Z_:][a-zA-Z0-9_:]*, ${quoted(name)} does not`);
  const known = types[type];
  if (known === undefined) throw new Unwritable(`body: ${name}: there is no metric type ${type}`);
  // a histogram of gauges is one whose counts may fall: each part stands for itself
  const parts = known === 'gauge_histogram' ? [] : [`# TYPE ${name} ${known}`];
  return [
    ...(help === undefined || parts.length === 0 ? [] : [`# HELP ${name} ${help.replaceAll('\\', '\\\\').replaceAll('\n', String.raw`\n`)}`]),
    ...parts,
    ...metric.flatMap((each) => samplesOf(name, known, each)),
  ];
}

function samplesOf(name: string, type: string, metric: Metric): string[] {
  const labels = metric.label ?? [];
  const at = metric.timestamp_ms === undefined ? '' : ` ${metric.timestamp_ms}`;
  const line = (ending: string, value: number | string, more: readonly LabelPair[] = [], exemplar?: Exemplar): string =>
    `${name}${ending}${labelsOf(name, [...labels, ...more])} ${numberOf(value)}${at}${exemplarOf(name, exemplar)}`;
  const { counter, gauge, untyped, summary, histogram } = metric;
  if (type === 'counter' && counter !== undefined) return [line('', counter.value ?? 0, [], counter.exemplar)];
  if (type === 'gauge' && gauge !== undefined) return [line('', gauge.value ?? 0)];
  if (type === 'untyped' && untyped !== undefined) return [line('', untyped.value ?? 0)];
  if (type === 'summary' && summary !== undefined) {
    return [
      ...(summary.quantile ?? []).map(({ quantile = 0, value = 0 }) => line('', value, [{ name: 'quantile', value: numberOf(quantile) }])),
      line('_sum', summary.sample_sum ?? 0), line('_count', summary.sample_count ?? 0),
    ];
  }
  if ((type === 'histogram' || type === 'gauge_histogram') && histogram !== undefined) {
    const g = type === 'histogram' ? '' : 'g';
    const count = counted(histogram.sample_count, histogram.sample_count_float);
    const buckets = (histogram.bucket ?? []).map(({ cumulative_count, cumulative_count_float, upper_bound = 0, exemplar }) =>
      ({ bound: upper_bound, text: line('_bucket', counted(cumulative_count, cumulative_count_float), [{ name: 'le', value: numberOf(upper_bound) }], exemplar) }));
    return [
      ...buckets.map(({ text }) => text),
      ...(buckets.some(({ bound }) => bound === Infinity) ? [] : [line('_bucket', count, [{ name: 'le', value: '+Inf' }])]),
      line(`_${g}sum`, histogram.sample_sum ?? 0), line(`_${g}count`, count),
    ];
  }
  throw new Unwritable(`body: ${name}: has a metric that is no ${type}`);
}

/** Of two ways to write a count the one that is used. */
function counted(whole = '0', float = 0): string | number {
  return float > 0 ? float : whole;
}

function labelsOf(name: string, labels: readonly LabelPair[]): string {
  const bad = labels.find(({ name: label = '' }) => !/^[a-zA-Z_][a-zA-Z0-9_]*$/.test(label));
  if (bad !== undefined) throw new Unwritable(`body: ${name}: a label name matches [a-zA-Z_][a-zA-Z0-9_]*, ${quoted(bad.name ?? '')} does not`);
  const pairs = labels.map(({ name: label = '', value = '' }) =>
    `${label}="${value.replaceAll('\\', '\\\\').replaceAll('"', String.raw`\"`).replaceAll('\n', String.raw`\n`)}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}

function exemplarOf(name: string, exemplar: Exemplar | undefined): string {
  if (exemplar === undefined) return '';
  const { label = [], value = 0, timestamp } = exemplar;
  const at = timestamp === undefined ? '' : ` ${timestamp.seconds ?? '0'}.${String(timestamp.nanos ?? 0).padStart(9, '0')}`;
  return ` # ${labelsOf(name, label) || '{}'} ${numberOf(value)}${at}`;
}

function numberOf(value: number | string): string {
  return value === Infinity ? '+Inf' : String(value).replace('Infinity', 'Inf');
}

function quoted(name: string): string {
  return JSON.stringify(name.slice(0, 60));
}
