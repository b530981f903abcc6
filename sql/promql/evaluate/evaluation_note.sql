create or replace function _noetl.evaluation_note(expression text default null)
returns table (kind text, message text)
language sql
stable
parallel unsafe
begin atomic
  select
    case when n.note like 'PromQL info%' then 'info' else 'warning' end,
    n.note || case when n.before is null then '' else format(' (%s:%s)', length(n.before) - length(replace(n.before, E'\n', '')) + 1,
      octet_length(regexp_replace(n.before, '^.*\n', '')) + 1) end
  from jsonb_object_keys(coalesce(nullif(current_setting('noetl.promql_notes', true), ''), '{}')::jsonb) as k (key)
  cross join lateral (
    select regexp_replace(k.key, ' @\d*$', '') as note, left(expression, substring(k.key from ' @(\d+)$')::integer) as before
  ) as n
  order by 1 desc, 2;
end;

comment on function _noetl.evaluation_note(text) is
  'One row is one note of the query that was evaluated last in this transaction, a warning or an info; with the expression it also says where (line:column).';
