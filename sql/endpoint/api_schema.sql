create or replace view _noetl.api_schema as
select s.name, s.schema::jsonb as schema
from (values
  ('value', $${
    "anyOf": [
      {"type": "number"},
      {
        "type": "string",
        "pattern": "^\\s*[+-]?([nN][aA][nN]|[iI][nN][fF]([iI][nN][iI][tT][yY])?|(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d{1,3})?)\\s*$"
      }
    ],
    "description": "A number; as a string also what JSON has no number for: \"NaN\", \"+Inf\", \"-Inf\".",
    "examples": [42.5]
  }$$),
  ('storedValue', $${
    "anyOf": [{"type": "number"}, {"type": "string", "enum": ["NaN", "Infinity", "-Infinity"]}],
    "description": "A number, or its name where JSON has none."
  }$$),
  ('labels', $${
    "type": ["object", "null"],
    "propertyNames": {"pattern": "^(?!__)[a-zA-Z_][a-zA-Z0-9_]*$"},
    "additionalProperties": {"type": ["string", "number", "boolean", "null"]},
    "description": "What tells the series of a name apart. Null and empty values count as absent.",
    "examples": [{"queue": "mail"}]
  }$$),
  ('metadata', $${"description": "Anything; kept with the sample, never part of its series.", "examples": [{"job": 17}]}$$),
  ('metricName', $${"type": "string", "pattern": "^[a-zA-Z_:][a-zA-Z0-9_:]*$", "maxLength": 255}$$),
  ('metricType', $${"type": "string", "enum": ["counter", "gauge", "histogram", "summary", "untyped"]}$$),
  ('category', $${"type": "string", "enum": ["processing_time", "success_rate", "resource_usage", "queue_metrics"]}$$),
  ('runtimeId', $${"type": "integer", "minimum": 0, "maximum": 9007199254740991, "examples": [1]}$$),
  ('givenRuntimeId', $${"anyOf": [{"type": "integer", "minimum": 0}, {"type": "string", "pattern": "^\\d{1,18}$"}, {"type": "null"}], "examples": [1]}$$),
  ('metricId', $${"type": "integer", "minimum": 1, "maximum": 9007199254740991, "examples": [1]}$$),
  ('name', $${"type": "string", "minLength": 1, "maxLength": 255}$$),
  ('readiness', $${
    "type": "object",
    "properties": {
      "ready": {"type": "boolean"},
      "checks": {
        "type": "array",
        "items": {
          "type": "object",
          "properties": {"name": {"type": "string"}, "ok": {"type": "boolean"}, "detail": {"type": "string"}},
          "required": "*"
        }
      }
    },
    "required": "*"
  }$$),
  ('preset', $${"type": "string", "pattern": "^[a-z]{1,30}$", "examples": ["noetl"]}$$),
  ('givenTime', $${
    "type": ["string", "null"],
    "format": "date-time",
    "description": "When it was measured; without it, now.",
    "examples": ["2026-01-31T12:00:00Z"]
  }$$),
  ('component', $${
    "type": ["object", "null"],
    "properties": {
      "name": {"type": "string", "minLength": 1, "examples": ["mailer"]},
      "type": {"type": "string", "minLength": 1, "examples": ["worker_pool", "server_api", "broker"]},
      "base_url": {"type": ["string", "null"], "examples": ["http://mailer:9000"]},
      "labels": {"type": ["object", "null"], "examples": [{"zone": "b"}]},
      "capabilities": {"description": "Anything.", "examples": [{"languages": ["de"]}]},
      "capacity": {"type": ["integer", "null"], "minimum": 0, "maximum": 999999999, "examples": [4]},
      "runtime": {"description": "Facts about the process: pid, host, version.", "examples": [{"pid": 4711}]}
    },
    "required": ["name", "type"],
    "description": "Registered at first sight, and again whenever it says more than name and type."
  }$$),
  ('sampleFields', $${
    "metric_name": {"$ref": "metricName", "examples": ["mails_waiting"]},
    "metric_type": {"$ref": "metricType", "examples": ["gauge"]},
    "metric_value": {"$ref": "value"},
    "labels": {"$ref": "labels"},
    "help_text": {"type": ["string", "null"], "examples": ["Jobs that wait."]},
    "unit": {"type": ["string", "null"]},
    "timestamp": {"$ref": "givenTime"},
    "metadata": {"$ref": "metadata"}
  }$$),
  ('sample', $${
    "type": "object",
    "properties": {"$ref": "sampleFields", "runtime_id": {"$ref": "givenRuntimeId"}},
    "required": ["metric_name", "metric_type", "metric_value"]
  }$$),
  ('operational', $${
    "type": "object",
    "properties": {
      "metric_type": {"$ref": "category", "examples": ["processing_time"]},
      "name": {"$ref": "metricName", "examples": ["download_seconds"]},
      "value": {"type": "number", "examples": [0.7]},
      "unit": {"type": ["string", "null"], "examples": ["seconds"]},
      "metadata": {"type": ["object", "null"], "examples": [{"job": 17}], "description": "Kept with the sample, never part of its series."},
      "service": {"type": ["string", "null"], "minLength": 1, "examples": ["crawler"]},
      "description": {"type": ["string", "null"], "examples": ["How long a download took."]},
      "labels": {"$ref": "labels"},
      "timestamp": {"$ref": "givenTime"}
    },
    "required": ["metric_type", "name", "value"]
  }$$),
  ('timeRange', $${
    "start_time": {"type": "string", "format": "date-time", "description": "From this moment on.", "examples": ["2026-01-31T12:00:00Z"]},
    "end_time": {"type": "string", "format": "date-time", "description": "Before this moment.", "examples": ["2026-02-01T00:00:00+01:00"]},
    "cursor": {
      "type": "string",
      "pattern": "^-?\\d{1,18}_\\d{1,18}$",
      "description": "next_cursor of the page before.",
      "examples": ["823176000000000_42"]
    }
  }$$),
  ('sampleFilter', $${
    "$ref": "timeRange",
    "metric_name": {"type": "string", "examples": ["mails_waiting"]},
    "name": {"type": "string", "description": "The same as metric_name.", "examples": ["mails_waiting"]},
    "metric_type": {"$ref": "metricType"},
    "labels": {"type": "string", "description": "A JSON object that the labels contain.", "examples": ["{\"queue\":\"mail\"}"]},
    "limit": {"type": "integer", "minimum": 1, "maximum": 10000, "default": 100}
  }$$),
  ('partial', $${
    "type": "boolean",
    "default": false,
    "description": "Store the good samples and list the bad ones, instead of storing all or nothing."
  }$$),
  ('idempotencyKey', $${
    "$ref": "name",
    "description": "A retry under the same key stores nothing and is answered the same.",
    "examples": ["5f0c8a52-6d0e-4a5c-9a38-0c9e4c2f9d11"]
  }$$),
  ('fault', $${
    "type": "object",
    "properties": {"index": {"type": "integer", "minimum": 0}, "field": {"type": "string"}, "rule": {"type": "string"}},
    "required": ["field", "rule"]
  }$$),
  ('writtenFields', $${
    "stored": {"type": "integer", "minimum": 0},
    "rejected": {"type": "array", "items": {"$ref": "fault", "required": ["index", "field", "rule"]}}
  }$$),
  ('written', $${"type": "object", "properties": {"$ref": "writtenFields"}, "required": "*"}$$),
  ('storedSample', $${
    "type": "object",
    "properties": {
      "metric_id": {"$ref": "metricId"},
      "runtime_id": {"$ref": "runtimeId"},
      "component": {"type": "string"},
      "component_type": {"type": "string"},
      "metric_name": {"type": "string"},
      "metric_type": {"$ref": "metricType"},
      "metric_value": {"$ref": "storedValue"},
      "labels": {"type": "object"},
      "help_text": {"type": ["string", "null"]},
      "unit": {"type": ["string", "null"]},
      "timestamp": {"type": "string", "format": "date-time", "description": "When it was measured."},
      "created_at": {"type": "string", "format": "date-time", "description": "When it was stored."},
      "metadata": {}
    },
    "required": "*"
  }$$),
  ('samples', $${
    "type": "object",
    "properties": {
      "metrics": {"type": "array", "items": {"$ref": "storedSample"}},
      "next_cursor": {"type": ["string", "null"], "description": "For the next page; null: this is the last."}
    },
    "required": "*"
  }$$),
  ('storedOperational', $${
    "type": "object",
    "properties": {
      "metric_id": {"$ref": "metricId"},
      "metric_type": {"type": "string", "description": "The category; of a sample that has none, its Prometheus type."},
      "name": {"type": "string"},
      "value": {"$ref": "storedValue"},
      "unit": {"type": ["string", "null"]},
      "metadata": {},
      "labels": {"type": "object"},
      "service": {"type": ["string", "null"]},
      "description": {"type": ["string", "null"]},
      "timestamp": {"type": "string", "format": "date-time", "description": "When it was measured."}
    },
    "required": "*"
  }$$),
  ('componentState', $${"type": "string", "enum": ["ready", "busy", "offline", "lost", "forgotten"]}$$),
  ('problem', $${
    "type": "object",
    "properties": {
      "type": {"type": "string"},
      "title": {"type": "string"},
      "status": {"type": "integer"},
      "detail": {"type": "string"},
      "errors": {"type": "array", "items": {"$ref": "fault"}}
    },
    "required": ["type", "title", "status"],
    "description": "RFC 9457; errors name the field, the rule and, in a batch, the index of each bad sample."
  }$$),
  ('otlpError', $${
    "type": "object",
    "properties": {
      "code": {"type": "integer", "description": "Of gRPC."},
      "message": {"type": "string"},
      "details": {
        "type": "array",
        "items": {
          "type": "object",
          "properties": {
            "@type": {"const": "type.googleapis.com/google.rpc.BadRequest"},
            "fieldViolations": {
              "type": "array",
              "items": {"type": "object", "properties": {"field": {"type": "string"}, "description": {"type": "string"}}, "required": "*"}
            }
          },
          "required": "*"
        }
      }
    },
    "required": ["code", "message"],
    "description": "google.rpc.Status; details is there where fields are to blame."
  }$$),
  ('reported', $${"type": "object", "properties": {"$ref": "writtenFields", "runtime_id": {"$ref": "runtimeId"}}, "required": "*"}$$),
  ('reading', $${
    "type": "object",
    "properties": {
      "name": {"type": "string"},
      "value": {"type": "number"},
      "unit": {"type": "string"},
      "labels": {"type": "object"},
      "description": {"type": "string"}
    },
    "required": ["name", "value", "labels", "description"]
  }$$),
  ('prometheusError', $${
    "type": "object",
    "properties": {"status": {"const": "error"}, "errorType": {"type": "string"}, "error": {"type": "string"}},
    "required": "*"
  }$$),
  ('prometheusTime', $${"type": "string", "description": "Seconds since 1970, or RFC 3339.", "examples": ["2026-01-31T12:00:00Z"]}$$),
  ('prometheusMatch', $${
    "match[]": {"type": "string", "description": "A selector of series; may be repeated.", "examples": ["up"]},
    "start": {"$ref": "prometheusTime"},
    "end": {"$ref": "prometheusTime"},
    "limit": {"type": "string", "examples": ["100"]}
  }$$),
  ('prometheusResult', $${
    "type": "object",
    "properties": {
      "status": {"const": "success"},
      "data": {
        "type": "object",
        "properties": {"resultType": {"type": "string", "enum": ["vector", "matrix", "scalar", "string"]}, "result": {"type": "array"}},
        "required": "*"
      },
      "warnings": {"type": "array", "items": {"type": "string"}},
      "infos": {"type": "array", "items": {"type": "string"}}
    },
    "required": ["status", "data"]
  }$$),
  ('prometheusList', $${
    "type": "object",
    "properties": {"status": {"const": "success"}, "data": {"type": "array"}, "warnings": {"type": "array", "items": {"type": "string"}}},
    "required": ["status", "data"]
  }$$),
  ('prometheusData', $${"type": "object", "properties": {"status": {"const": "success"}, "data": {}}, "required": "*"}$$)
) as s (name, schema);

comment on view _noetl.api_schema is
  'One row is one JSON Schema, or a map of properties, that several endpoints share: in an _noetl.endpoint_definition {"$ref": name} stands for it. "required": "*" stands for all properties.';
