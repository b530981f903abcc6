create or replace function noetl.forget_lines(matchers jsonb)
returns bigint
language plpgsql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  forgotten integer[];
  gone record;
begin
  perform _noetl.take_lock('fold');
  perform from _noetl.scraper as s order by s.scraper for no key update;
  forgotten := array(
    select l.line_id from _noetl.select_lines(matchers, '-infinity', 'infinity') as l where jsonb_array_length(matchers) > 0);
  for gone in
    select p.bundle, array_agg(p.place) as places from _noetl.place as p where p.line_id = any (forgotten) group by p.bundle
  loop
    update _noetl.scrape as s
    set vals = array(select case when v.place <> all (gone.places) then v.val end from unnest(s.vals) with ordinality as v (val, place) order by v.place),
      ended = nullif(array(select e from unnest(s.ended) as e where e <> all (gone.places)), '{}')
    where s.bundle = gone.bundle;
  end loop;
  update _noetl.place as p set line_id = null, key = null, live = false, ended_at = null where p.line_id = any (forgotten);
  delete from _noetl.chunk as c where c.line_id = any (forgotten);
  delete from _noetl.line as l where l.line_id = any (forgotten);
  return cardinality(forgotten);
end
$$;

comment on function noetl.forget_lines(jsonb) is
  'Deletes the lines that match all of these matchers, [{"name", "type": = != =~ !~, "value"}], with all their samples, and returns how many. A line that is on the page begins anew at the next scrape.';
