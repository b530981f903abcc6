create or replace function _noetl.recorded_lines(openmetrics boolean, wanted integer[], touched integer[])
returns table (family_id integer, samples bigint, lines text, at timestamptz)
language plpgsql
stable
parallel unsafe
rows 100
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  unkept integer[];
begin
  -- of what is touched nothing is kept: not even to be asked for
  if (wanted <@ touched) is not true then
    unkept := _noetl.unkept_families(array(select c from _noetl.page_change as c where not c.kept));
  end if;
  if unkept is not null then
    unkept := unkept || touched;
    return query
    select k.family_id, k.samples, k.lines, k.at
    from _noetl.kept_lines as k
    where case when openmetrics then k.in_openmetrics else k.in_text end
      and (wanted is null or k.family_id = any (wanted))
      and k.family_id <> all (unkept);
    wanted := case when wanted is null then unkept else array(select unnest(wanted) intersect select unnest(unkept)) end;
  end if;
  if wanted is null or wanted <> '{}' then
    return query select * from _noetl.rendered_lines(openmetrics, wanted, touched);
  end if;
end
$$;

comment on function _noetl.recorded_lines(boolean, integer[], integer[]) is
  'What _noetl.rendered_lines() gives, where nothing has changed since the last fold as that one has kept it.';
