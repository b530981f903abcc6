create or replace function _noetl.imported_value(part jsonb, category text)
returns text
language sql
stable
parallel safe
begin atomic
  select case
    when not part ? 'column' then format('%s::pg_catalog.float8', coalesce(part ->> 'constant', '1'))
    when part ->> 'as' = 'mapped' then
      format('case q.%I::pg_catalog.text %s end', part ->> 'column',
        (select string_agg(format('when %L then %L::pg_catalog.float8', m.key, m.value), ' ' order by m.key) from jsonb_each_text(part -> 'mapping') as m))
    when part ->> 'as' = 'histogram' then
      format($f$pg_catalog.jsonb_build_object('buckets', (select pg_catalog.jsonb_object_agg(b.le::pg_catalog.text, b.n) from rows from (pg_catalog.unnest(q.%1$I), pg_catalog.unnest(q.%2$I)) as b (le, n)), 'sum', q.%3$I, 'count', q.%4$I)$f$,
        part ->> 'column', (part ->> 'column') || '_bucket', (part ->> 'column') || '_sum', (part ->> 'column') || '_count')
    when category in ('D', 'T') then
      format('extract(epoch from q.%I)::pg_catalog.float8%s', part ->> 'column', case part ->> 'as' when 'milliseconds' then ' * 1000' else '' end)
    when category = 'B' then format('q.%I::pg_catalog.int4::pg_catalog.float8', part ->> 'column')
    when part ->> 'as' = 'milliseconds' then format('extract(epoch from q.%I::pg_catalog.interval)::pg_catalog.float8 * 1000', part ->> 'column')
    when category = 'N' then format('q.%I::pg_catalog.float8', part ->> 'column')
    else format($f$nullif(q.%I::pg_catalog.text, '')::pg_catalog.float8$f$, part ->> 'column')
  end;
end;

comment on function _noetl.imported_value(jsonb, text) is 'The expression that makes a number, or a histogram, of a column of an imported query, whose type is of a category.';
