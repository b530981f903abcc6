create or replace function _noetl.health_check()
returns _noetl.endpoint_definition
language sql
immutable
parallel safe
return $${
  "operations": {"getHealth": "GET /health", "headHealth": "HEAD /health"},
  "handler": "health",
  "tag": "page",
  "right": "none",
  "tolerant": true,
  "budget": "none",
  "summary": "Whether the database answers.",
  "responses": {
    "200": {
      "description": "It is well.",
      "content": {
        "application/json": {
          "schema": {
            "type": "object",
            "properties": {
              "status": {"type": "string", "enum": ["ok", "unavailable"]},
              "database": {"type": "string", "enum": ["up", "down", "failing"]},
              "partition_days_ahead": {"type": ["integer", "null"], "description": "Days after today that have a partition, without a gap."}
            },
            "required": "*"
          }
        }
      }
    },
    "503": {
      "description": "The database does not answer, or answers with an error.",
      "content": {
        "application/json": {
          "schema": {
            "type": "object",
            "properties": {
              "status": {"type": "string", "enum": ["ok", "unavailable"]},
              "database": {"type": "string", "enum": ["up", "down", "failing"]},
              "partition_days_ahead": {"type": ["integer", "null"], "description": "Days after today that have a partition, without a gap."}
            },
            "required": "*"
          }
        }
      }
    }
  }
}$$::_noetl.endpoint_definition;

comment on function _noetl.health_check() is 'Where the server says how it is: GET /health, HEAD /health.';
