create or replace function _noetl.sql_job_query(doc jsonb)
returns table (name text, query text, every text, timeout text, parts jsonb, rest jsonb, notes text[], refused text)
language sql
stable
parallel safe
begin atomic
  select j.name || '_' || coalesce(q.item ->> 'name', q.place::text), coalesce(nullif(q.item ->> 'query', ''), doc -> 'queries' ->> (q.item ->> 'query_ref')),
    coalesce(j.value ->> 'interval', ''), '',
    (select jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
        'name', 'sql_' || regexp_replace(q.item ->> 'name', '[^a-zA-Z0-9_:]', '', 'g'),
        'type', 'gauge',
        'help', nullif(q.item ->> 'help', ''),
        'column', v.name,
        'labels', (select jsonb_object_agg(l, l) from jsonb_array_elements_text(case jsonb_typeof(q.item -> 'labels') when 'array' then q.item -> 'labels' else '[]' end) as l),
        'fixed', coalesce(c.labels, jsonb_build_object('driver', 'postgres', 'database', current_database())) || jsonb_build_object('sql_job', j.name, 'col', v.name),
        'complete', true)) order by v.place)
      from jsonb_array_elements_text(case jsonb_typeof(q.item -> 'values') when 'array' then q.item -> 'values' else '[]' end) with ordinality as v (name, place)),
    null::jsonb,
    array_remove(array[
      case when c.labels is null then 'no connection of the job is to this database: its lines have no labels host and user' end,
      case when j.value ? 'cron_schedule' then 'cron_schedule: it runs at an interval' end,
      case when j.value ? 'startup_sql' then 'startup_sql is not run' end], null),
    case when coalesce(nullif(q.item ->> 'query', ''), doc -> 'queries' ->> (q.item ->> 'query_ref')) is null then format('there is no query "%s"', q.item ->> 'query_ref') end
  from (
    select e.item as value, coalesce(e.item ->> 'name', 'job ' || e.place) as name, e.place
    from jsonb_array_elements(case jsonb_typeof(doc -> 'jobs') when 'array' then doc -> 'jobs' else '[]' end) with ordinality as e (item, place)
  ) as j
  cross join lateral jsonb_array_elements(case jsonb_typeof(j.value -> 'queries') when 'array' then j.value -> 'queries' else '[]' end) with ordinality as q (item, place)
  left join lateral (
    select jsonb_build_object('driver', u.part[1], 'user', coalesce(split_part(u.part[2], ':', 1), ''), 'host', u.part[3], 'database', u.part[4]) as labels
    from jsonb_array_elements_text(case jsonb_typeof(j.value -> 'connections') when 'array' then j.value -> 'connections' else '[]' end) with ordinality as k (url, place)
    cross join lateral regexp_match(k.url, '^(postgres(?:ql)?)://(?:([^@/]*)@)?([^/?]*)/([^?]*)') as u (part)
    where u.part[4] = current_database()
    order by k.place
    limit 1
  ) as c on true
  order by j.place, q.place;
end;

comment on function _noetl.sql_job_query(jsonb) is
  'The queries of the jobs of sql_exporter (justwatch''s, which Debian has), in the form of _noetl.imported_query(jsonb, text). Its lines tell the connection: the labels are those of the job''s connection to this database.';
