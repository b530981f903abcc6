create table _noetl.statement_rest (
  only_row boolean primary key default true,
  listed jsonb not null,
  sums double precision[] not null,
  rest double precision[] not null,
  constraint statement_rest_has_one_row check (only_row)
);

comment on table _noetl.statement_rest is
  'The one row is what the collector postgres_statements found last: what the statements that it lists add to, and what all others have grown to; none: it has not run yet.';
comment on column _noetl.statement_rest.listed is 'The totals of each listed statement, {"<queryid>@<oid of the database>": [calls, seconds, rows, blocks hit, blocks read, temporary blocks, bytes of log]}.';
comment on column _noetl.statement_rest.sums is 'The same totals of all statements.';
comment on column _noetl.statement_rest.rest is 'The same totals of those that are not listed; they never fall.';
