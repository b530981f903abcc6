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
    /** OpenTelemetry: metrics_service.proto, metrics.proto, resource.proto and common.proto; the names are those of its JSON. Of a oneof, or what is optional, a 0 is said. */
    otlp: {
      nested: {
        ExportMetricsServiceRequest: {
          fields: {
            resourceMetrics: { id: 1, rule: 'repeated', type: 'ResourceMetrics' },
          },
        },
        ExportMetricsServiceResponse: {
          fields: {
            partialSuccess: { id: 1, type: 'ExportMetricsPartialSuccess' },
          },
        },
        ExportMetricsPartialSuccess: {
          fields: {
            rejectedDataPoints: { id: 1, type: 'int64' },
            errorMessage: { id: 2, type: 'string' },
          },
        },
        ResourceMetrics: {
          fields: {
            resource: { id: 1, type: 'Resource' },
            scopeMetrics: { id: 2, rule: 'repeated', type: 'ScopeMetrics' },
            schemaUrl: { id: 3, type: 'string' },
          },
        },
        Resource: {
          fields: {
            attributes: { id: 1, rule: 'repeated', type: 'KeyValue' },
          },
        },
        ScopeMetrics: {
          fields: {
            scope: { id: 1, type: 'InstrumentationScope' },
            metrics: { id: 2, rule: 'repeated', type: 'Metric' },
            schemaUrl: { id: 3, type: 'string' },
          },
        },
        InstrumentationScope: {
          fields: {
            name: { id: 1, type: 'string' },
            version: { id: 2, type: 'string' },
            attributes: { id: 3, rule: 'repeated', type: 'KeyValue' },
          },
        },
        Metric: {
          fields: {
            name: { id: 1, type: 'string' },
            description: { id: 2, type: 'string' },
            unit: { id: 3, type: 'string' },
            gauge: { id: 5, type: 'Gauge' },
            sum: { id: 7, type: 'Sum' },
            histogram: { id: 9, type: 'Histogram' },
            exponentialHistogram: { id: 10, type: 'ExponentialHistogram' },
            summary: { id: 11, type: 'Summary' },
          },
        },
        Gauge: {
          fields: {
            dataPoints: { id: 1, rule: 'repeated', type: 'NumberDataPoint' },
          },
        },
        Sum: {
          fields: {
            dataPoints: { id: 1, rule: 'repeated', type: 'NumberDataPoint' },
            aggregationTemporality: { id: 2, type: 'uint32' },
            isMonotonic: { id: 3, type: 'bool' },
          },
        },
        Histogram: {
          fields: {
            dataPoints: { id: 1, rule: 'repeated', type: 'HistogramDataPoint' },
            aggregationTemporality: { id: 2, type: 'uint32' },
          },
        },
        ExponentialHistogram: {
          fields: {
            dataPoints: { id: 1, rule: 'repeated', type: 'ExponentialHistogramDataPoint' },
            aggregationTemporality: { id: 2, type: 'uint32' },
          },
        },
        Summary: {
          fields: {
            dataPoints: { id: 1, rule: 'repeated', type: 'SummaryDataPoint' },
          },
        },
        NumberDataPoint: {
          oneofs: { value: { oneof: ['asDouble', 'asInt'] } },
          fields: {
            startTimeUnixNano: { id: 2, type: 'fixed64' },
            timeUnixNano: { id: 3, type: 'fixed64' },
            asDouble: { id: 4, type: 'double' },
            exemplars: { id: 5, rule: 'repeated', type: 'Exemplar' },
            asInt: { id: 6, type: 'sfixed64' },
            attributes: { id: 7, rule: 'repeated', type: 'KeyValue' },
            flags: { id: 8, type: 'uint32' },
          },
        },
        HistogramDataPoint: {
          oneofs: { given: { oneof: ['sum'] } },
          fields: {
            startTimeUnixNano: { id: 2, type: 'fixed64' },
            timeUnixNano: { id: 3, type: 'fixed64' },
            count: { id: 4, type: 'fixed64' },
            sum: { id: 5, type: 'double' },
            bucketCounts: { id: 6, rule: 'repeated', type: 'fixed64' },
            explicitBounds: { id: 7, rule: 'repeated', type: 'double' },
            exemplars: { id: 8, rule: 'repeated', type: 'Exemplar' },
            attributes: { id: 9, rule: 'repeated', type: 'KeyValue' },
            flags: { id: 10, type: 'uint32' },
            min: { id: 11, type: 'double' },
            max: { id: 12, type: 'double' },
          },
        },
        ExponentialHistogramDataPoint: {
          oneofs: { given: { oneof: ['sum'] } },
          fields: {
            attributes: { id: 1, rule: 'repeated', type: 'KeyValue' },
            startTimeUnixNano: { id: 2, type: 'fixed64' },
            timeUnixNano: { id: 3, type: 'fixed64' },
            count: { id: 4, type: 'fixed64' },
            sum: { id: 5, type: 'double' },
            scale: { id: 6, type: 'sint32' },
            zeroCount: { id: 7, type: 'fixed64' },
            positive: { id: 8, type: 'Buckets' },
            negative: { id: 9, type: 'Buckets' },
            flags: { id: 10, type: 'uint32' },
            exemplars: { id: 11, rule: 'repeated', type: 'Exemplar' },
            min: { id: 12, type: 'double' },
            max: { id: 13, type: 'double' },
            zeroThreshold: { id: 14, type: 'double' },
          },
        },
        Buckets: {
          fields: {
            offset: { id: 1, type: 'sint32' },
            bucketCounts: { id: 2, rule: 'repeated', type: 'uint64' },
          },
        },
        SummaryDataPoint: {
          fields: {
            startTimeUnixNano: { id: 2, type: 'fixed64' },
            timeUnixNano: { id: 3, type: 'fixed64' },
            count: { id: 4, type: 'fixed64' },
            sum: { id: 5, type: 'double' },
            quantileValues: { id: 6, rule: 'repeated', type: 'ValueAtQuantile' },
            attributes: { id: 7, rule: 'repeated', type: 'KeyValue' },
            flags: { id: 8, type: 'uint32' },
          },
        },
        ValueAtQuantile: {
          fields: {
            quantile: { id: 1, type: 'double' },
            value: { id: 2, type: 'double' },
          },
        },
        Exemplar: {
          oneofs: { value: { oneof: ['asDouble', 'asInt'] } },
          fields: {
            timeUnixNano: { id: 2, type: 'fixed64' },
            asDouble: { id: 3, type: 'double' },
            spanId: { id: 4, type: 'bytes' },
            traceId: { id: 5, type: 'bytes' },
            asInt: { id: 6, type: 'sfixed64' },
            filteredAttributes: { id: 7, rule: 'repeated', type: 'KeyValue' },
          },
        },
        KeyValue: {
          fields: {
            key: { id: 1, type: 'string' },
            value: { id: 2, type: 'AnyValue' },
          },
        },
        AnyValue: {
          oneofs: { value: { oneof: ['stringValue', 'boolValue', 'intValue', 'doubleValue', 'arrayValue', 'kvlistValue', 'bytesValue'] } },
          fields: {
            stringValue: { id: 1, type: 'string' },
            boolValue: { id: 2, type: 'bool' },
            intValue: { id: 3, type: 'int64' },
            doubleValue: { id: 4, type: 'double' },
            arrayValue: { id: 5, type: 'ArrayValue' },
            kvlistValue: { id: 6, type: 'KeyValueList' },
            bytesValue: { id: 7, type: 'bytes' },
          },
        },
        ArrayValue: {
          fields: {
            values: { id: 1, rule: 'repeated', type: 'AnyValue' },
          },
        },
        KeyValueList: {
          fields: {
            values: { id: 1, rule: 'repeated', type: 'KeyValue' },
          },
        },
      },
    },
    /** google/rpc/status.proto, which tells errors of OpenTelemetry. */
    rpc: {
      nested: {
        Status: {
          fields: {
            code: { id: 1, type: 'int32' },
            message: { id: 2, type: 'string' },
          },
        },
      },
    },
    /** io/prometheus/client/metrics.proto, without native histograms: what clients push to a Pushgateway. */
    client: {
      nested: {
        MetricFamily: {
          fields: {
            name: { id: 1, type: 'string' },
            help: { id: 2, type: 'string' },
            type: { id: 3, type: 'MetricType' },
            metric: { id: 4, rule: 'repeated', type: 'Metric' },
            unit: { id: 5, type: 'string' },
          },
        },
        MetricType: {
          values: { counter: 0, gauge: 1, summary: 2, untyped: 3, histogram: 4, gauge_histogram: 5 },
        },
        Metric: {
          fields: {
            label: { id: 1, rule: 'repeated', type: 'LabelPair' },
            gauge: { id: 2, type: 'Gauge' },
            counter: { id: 3, type: 'Counter' },
            summary: { id: 4, type: 'Summary' },
            untyped: { id: 5, type: 'Untyped' },
            timestamp_ms: { id: 6, type: 'int64' },
            histogram: { id: 7, type: 'Histogram' },
          },
        },
        LabelPair: {
          fields: {
            name: { id: 1, type: 'string' },
            value: { id: 2, type: 'string' },
          },
        },
        Gauge: {
          fields: {
            value: { id: 1, type: 'double' },
          },
        },
        Counter: {
          fields: {
            value: { id: 1, type: 'double' },
            exemplar: { id: 2, type: 'Exemplar' },
          },
        },
        Untyped: {
          fields: {
            value: { id: 1, type: 'double' },
          },
        },
        Summary: {
          fields: {
            sample_count: { id: 1, type: 'uint64' },
            sample_sum: { id: 2, type: 'double' },
            quantile: { id: 3, rule: 'repeated', type: 'Quantile' },
          },
        },
        Quantile: {
          fields: {
            quantile: { id: 1, type: 'double' },
            value: { id: 2, type: 'double' },
          },
        },
        Histogram: {
          fields: {
            sample_count: { id: 1, type: 'uint64' },
            sample_sum: { id: 2, type: 'double' },
            bucket: { id: 3, rule: 'repeated', type: 'Bucket' },
            sample_count_float: { id: 4, type: 'double' },
          },
        },
        Bucket: {
          fields: {
            cumulative_count: { id: 1, type: 'uint64' },
            upper_bound: { id: 2, type: 'double' },
            exemplar: { id: 3, type: 'Exemplar' },
            cumulative_count_float: { id: 4, type: 'double' },
          },
        },
        Exemplar: {
          fields: {
            label: { id: 1, rule: 'repeated', type: 'LabelPair' },
            value: { id: 2, type: 'double' },
            timestamp: { id: 3, type: 'Timestamp' },
          },
        },
        Timestamp: {
          fields: {
            seconds: { id: 1, type: 'int64' },
            nanos: { id: 2, type: 'int32' },
          },
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
