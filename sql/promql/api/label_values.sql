create or replace function _noetl.label_values(label text, form jsonb)
returns setof text
language plpgsql
stable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
begin
  if label = '' then
    raise exception 'invalid label name: ""' using errcode = 'NP001';
  elsif label = '__name__' and coalesce(form -> 'match[]', '[]') = '[]' then
    return query
      select n from _noetl.line_names(_noetl.time_parameter(form, 'start', '-infinity'), _noetl.time_parameter(form, 'end', 'infinity')) as n;
  elsif label = '__name__' then
    return query select distinct l.name from _noetl.matched_line(form) as l;
  else
    return query select distinct l.labels ->> label from _noetl.matched_line(form) as l where l.labels ? label;
  end if;
end
$$;

comment on function _noetl.label_values(text, jsonb) is 'The values of a label, or of the name of the metric (__name__), that the series have which a form''s match[] selects, or all.';
