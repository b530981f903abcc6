-- What the functions that evaluate PromQL hand to one another.

create type _noetl.promql_steps as (
  since_ms bigint,
  step_ms bigint,
  steps integer,
  query_since_ms bigint,
  query_until_ms bigint,
  ieee boolean
);

comment on type _noetl.promql_steps is
  'The times at which an expression has values: since_ms, since_ms + step_ms and so on, "steps" of them. The query''s own ends are what @ start() and @ end() mean, also inside a subquery. ieee: compute by operators of IEEE 754 (_noetl.+ and its like), because those of PostgreSQL have raised an error.';

create type _noetl.promql_line as (
  name text,
  labels jsonb,
  at_ms bigint[],
  vals double precision[]
);

comment on type _noetl.promql_line is
  'The samples of one line between two times. at_ms is null where all lines of a list share their times. A null in vals: the line was marked stale at that time.';

create type noetl.query_value as (
  labels jsonb,
  at timestamptz,
  value double precision
);

comment on type noetl.query_value is
  'One row of an answer to PromQL: all labels of a series, its name among them as __name__; the time; the value. A scalar has no labels ({}). A string stands in labels, as a JSON string, and has no value.';
