import protobuf, { type Enum, type INamespace, type Type } from 'protobufjs/light.js';

/** The messages that we write and read, by package, as their .proto files number the fields. */
const messages: INamespace = {
  nested: {
    /** Prometheus remote write 1.0: prompb/remote.proto and prompb/types.proto. */
    prometheus: {
      nested: {
        WriteRequest: {
          fields: {
            timeseries: { id: 1, rule: 'repeated', type: 'TimeSeries' },
            metadata: { id: 3, rule: 'repeated', type: 'MetricMetadata' },
          },
        },
        TimeSeries: {
          fields: {
            labels: { id: 1, rule: 'repeated', type: 'Label' },
            samples: { id: 2, rule: 'repeated', type: 'Sample' },
          },
        },
        Label: {
          fields: {
            name: { id: 1, type: 'string' },
            value: { id: 2, type: 'string' },
          },
        },
        Sample: {
          fields: {
            // a double; taken as its bits, because a stale marker is one NaN among others, and JavaScript has only one
            value: { id: 1, type: 'fixed64' },
            timestamp: { id: 2, type: 'int64' },
          },
        },
        MetricMetadata: {
          fields: {
            type: { id: 1, type: 'MetricType' },
            metric_family_name: { id: 2, type: 'string' },
            help: { id: 4, type: 'string' },
            unit: { id: 5, type: 'string' },
          },
        },
        MetricType: {
          values: { unknown: 0, counter: 1, gauge: 2, histogram: 3, gaugehistogram: 4, summary: 5, info: 6, stateset: 7 },
        },
      },
    },
  },
};

const root = protobuf.Root.fromJSON(messages);

/** A message by package and name: `messageType('prometheus.WriteRequest')`. */
export function messageType(name: string): Type {
  return root.lookupType(name);
}

export function enumType(name: string): Enum {
  return root.lookupEnum(name);
}
