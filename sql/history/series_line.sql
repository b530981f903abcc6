create or replace function _noetl.series_line(series_id bigint)
returns table (name text, labels jsonb, page_labels text)
language sql
stable
parallel safe
rows 1
begin atomic
  with charted as (
    select s.canonical_id from _noetl.series as s where s.series_id = series_line.series_id
  )
  select i.name, i.labels, k.page_labels
  from (
    select st.prefix as key, st.page_labels from _noetl.state as st where st.series_id = (select c.canonical_id from charted as c)
    union all
    select f.name || case when d.page_labels <> '' then '{' || d.page_labels || '}' else '' end, d.page_labels
    from _noetl.distribution as d
    join _noetl.family as f using (family_id)
    where d.series_id = (select c.canonical_id from charted as c)
  ) as k
  cross join lateral _noetl.line_identity(array[k.key]) as i;
end;

comment on function _noetl.series_line(bigint) is
  'The name and labels of the line that a series writes; of observations those that all its lines have in common.';
