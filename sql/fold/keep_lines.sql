create or replace function _noetl.keep_lines()
returns void
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
set jit = off
as $$
declare
  changes _noetl.page_change[];
  changed integer[]; -- null: all
  twofold integer[];
begin
  -- what is committed after this is rendered or is not, and counts as not
  with seen as (
    update _noetl.page_change as c set kept = true where not c.kept returning c
  )
  select coalesce(array_agg(s.c), '{}') into changes from seen as s;
  if exists (select from _noetl.kept_page as p where p.at <= now()) then
    changed := _noetl.families_to_render(
      changes, (select min(k.at) from _noetl.kept_lines as k) + _noetl.interval_setting('staleness'));
    if changed = '{}' then
      return;
    end if;
  end if;

  twofold := array(
    select f.family_id
    from _noetl.family as f
    where (changed is null or f.family_id = any (changed))
      and (f.metric_type in ('histogram', 'summary') or exists (
        select from _noetl.state as s where s.family_id = f.family_id and s.exemplar is not null)));
  with rendered as materialized (
    select r.family_id, true as in_text, r.family_id <> all (twofold) as in_openmetrics, r.samples, r.lines, r.at
    from _noetl.rendered_lines(false, changed, null) as r
    union all
    select r.family_id, false, true, r.samples, r.lines, r.at
    from _noetl.rendered_lines(true, twofold, null) as r
    where twofold <> '{}'
  ),
  gone as (
    delete from _noetl.kept_lines as k
    where (changed is null or k.family_id = any (changed))
      and (k.family_id, k.in_text) not in (select r.family_id, r.in_text from rendered as r)
  )
  insert into _noetl.kept_lines as k (family_id, in_text, in_openmetrics, samples, lines, at)
  select r.family_id, r.in_text, r.in_openmetrics, r.samples, r.lines, r.at
  from rendered as r
  on conflict (family_id, in_text) do update
  set in_openmetrics = excluded.in_openmetrics, samples = excluded.samples, lines = excluded.lines, at = excluded.at;
  insert into _noetl.kept_page as p (at) values (now()) on conflict (only_row) do update set at = excluded.at;
end
$$;

comment on function _noetl.keep_lines() is
  'Renders the lines of the families that have changed since it last did and keeps them for whoever reads a page. Called by the fold alone, when it has written everything else and while _noetl.fold_run still hides what it has not read.';
