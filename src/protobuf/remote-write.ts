import { enumType, messageType } from './messages.ts';

/** What one remote write holds. */
export interface WriteRequest {
  readonly timeseries: readonly TimeSeries[];
  readonly metadata: readonly MetricMetadata[];
}

export interface TimeSeries {
  /** The name is among them, as `__name__`. Of what is written sorted by name. */
  readonly labels: readonly Label[];
  /** Milliseconds since 1970, ascending in what is written. */
  readonly times: readonly number[];
  /** At each time a value; null: a stale marker. */
  readonly values: readonly (number | null)[];
}

export interface Label {
  readonly name: string;
  readonly value: string;
}

export interface MetricMetadata {
  readonly metric_family_name: string;
  readonly type: string;
  readonly help: string;
  readonly unit: string;
}

/** The bits of a double. */
interface Bits {
  readonly low: number;
  readonly high: number;
}

const writeRequest = messageType('prometheus.WriteRequest');
const metricTypes = enumType('prometheus.MetricType');

/** The NaN by which Prometheus marks that a series has ended. */
const stale: Bits = { low: 2, high: 0x7ff0_0000 };
const double = new DataView(new ArrayBuffer(8));

export function encodeWriteRequest({ timeseries, metadata }: WriteRequest): Uint8Array {
  return writeRequest
    .encode({
      timeseries: timeseries.map(({ labels, times, values }) => ({
        labels,
        samples: times.map((timestamp, i) => ({ timestamp, value: bitsOf(values[i] ?? null) })),
      })),
      metadata: metadata.map((each) => ({ ...each, type: metricTypes.values[each.type] ?? 0 })),
    })
    .finish();
}

/** Throws where the bytes are no such message. */
export function decodeWriteRequest(body: Uint8Array): WriteRequest {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- so the descriptor says
  const { timeseries, metadata } = writeRequest.decode(body) as unknown as Decoded;
  return {
    timeseries: timeseries.map(({ labels, samples }) => ({
      // each by name: a field that is not in the bytes is one of the message's class only
      labels: labels.map(({ name, value }) => ({ name, value })),
      times: samples.map(({ timestamp }) => timestamp.toNumber()),
      values: samples.map(({ value }) => valueOf(value)),
    })),
    metadata: metadata.map(({ metric_family_name, type, help, unit }) => ({
      metric_family_name,
      type: metricTypes.valuesById[type] ?? 'unknown',
      help,
      unit,
    })),
  };
}

/** What the library makes of the bytes. */
interface Decoded {
  readonly timeseries: readonly { readonly labels: readonly Label[]; readonly samples: readonly { readonly value: Bits; readonly timestamp: Whole }[] }[];
  readonly metadata: readonly (Omit<MetricMetadata, 'type'> & { readonly type: number })[];
}

/** A number of 64 bits. */
interface Whole {
  toNumber(): number;
}

function bitsOf(value: number | null): Bits {
  if (value === null) return stale;
  double.setFloat64(0, value);
  return { low: double.getUint32(4), high: double.getUint32(0) };
}

function valueOf({ low, high }: Bits): number | null {
  if (low === stale.low && high === stale.high) return null;
  double.setInt32(0, high);
  double.setInt32(4, low);
  return double.getFloat64(0);
}
