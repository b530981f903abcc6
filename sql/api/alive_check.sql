create or replace function _noetl.alive_check()
returns _noetl.endpoint_definition
language sql
immutable
parallel safe
return $${
  "operations": {"getAlive": "GET /-/healthy", "headAlive": "HEAD /-/healthy"},
  "handler": "alive",
  "tag": "page",
  "right": "none",
  "tolerant": true,
  "budget": "none",
  "summary": "Whether the server's process answers, whatever the database does.",
  "responses": {"200": {"description": "It does.", "content": {"text/plain": {"schema": {"type": "string"}}}}}
}$$::_noetl.endpoint_definition;

comment on function _noetl.alive_check() is 'Where the server says that it runs: GET /-/healthy, HEAD /-/healthy.';
