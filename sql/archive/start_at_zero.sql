create or replace function _noetl.start_at_zero(line_ids integer[], previous timestamptz)
returns void
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
set enable_nestloop = on
set jit = off
as $$
declare
  zeros integer[];
begin
  if not _noetl.boolean_setting('zero_start') then
    return;
  end if;
  perform set_config('enable_nestloop', 'on', true); -- few lines begin: they are looked up
  zeros := array(
    select l.line_id
    from _noetl.line as l
    join _noetl.place as p on p.line_id = l.line_id and p.scraper = 0
    where l.line_id = any (line_ids)
      and l.counter
      and (select bool_and(s.value is null and s.began_at > previous)
        from _noetl.state as s
        where s.page_id = hashtextextended(p.key, 0) and s.prefix = p.key));
  perform set_config('enable_nestloop', 'off', true); -- but each observed series has a dozen
  zeros := zeros || array(
    select l.line_id
    from _noetl.line as l
    join (
      select f.name, f.family_id, d.page_labels
      from _noetl.distribution as d
      join _noetl.family as f on f.family_id = d.family_id
      group by f.name, f.family_id, d.page_labels
      having bool_and(coalesce(d.began_at, 'infinity') > previous)
    ) as o on o.name = regexp_replace(l.name, '_(bucket|sum|count)$', '') and o.page_labels = _noetl.rendered_labels(l.labels - 'le')
    where l.line_id = any (line_ids)
      and l.counter
      and l.name <> o.name
      -- reported as parts, too, by somebody who may have counted for long
      and not exists (select from _noetl.state as s where s.family_id = o.family_id and s.page_labels = o.page_labels));
  if zeros = '{}' then
    return;
  end if;
  insert into _noetl.scrape as s (bundle, at, vals)
  select p.bundle, previous, array_agg(case when p.line_id = any (zeros) then 0::double precision end order by p.place)
  from _noetl.place as p
  where p.bundle in (select z.bundle from _noetl.place as z where z.scraper = 0 and z.line_id = any (zeros))
  group by p.bundle
  on conflict (bundle, at) do update set
    vals = array(select coalesce(o.val, o.added) from unnest(s.vals, excluded.vals) with ordinality as o (val, added, place) order by o.place),
    ended = nullif(array(
      select e from unnest(s.ended) as e
      where e not in (select n.place from unnest(excluded.vals) with ordinality as n (val, place) where n.val is not null)), '{}');
  update _noetl.line as l set zero_at = previous, first_at = least(l.first_at, previous) where l.line_id = any (zeros);
end
$$;

comment on function _noetl.start_at_zero(integer[], timestamptz) is
  'Gives those of these lines that have just begun a 0 at the scrape before, which are running totals to which the database itself first added something after it: so that what they were first increased by counts as an increase.';
