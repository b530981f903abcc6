create or replace function _noetl.add_lines(names text[], label_sets jsonb[], counters boolean[], since timestamptz, until timestamptz)
returns integer[]
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
begin
  -- in one order, so that two who add the same lines wait for each other and not for ever
  insert into _noetl.line as l (name, labels, digest, counter, first_at, last_at)
  select n.name, n.labels, n.digest, n.counter, since, until
  from (
    select distinct on (w.digest) w.name, w.labels, w.digest, w.counter
    from (
      select u.name, u.labels, _noetl.line_digest(u.name, u.labels) as digest, u.counter
      from unnest(names, label_sets, counters) as u (name, labels, counter)
    ) as w
    where not exists (select from _noetl.line as known where known.digest = w.digest)
    order by w.digest
  ) as n
  on conflict on constraint line_has_one_row do nothing;
  return array(
    select (select l.line_id from _noetl.line as l where l.digest = _noetl.line_digest(u.name, u.labels))
    from unnest(names, label_sets) with ordinality as u (name, labels, nth)
    order by u.nth);
end
$$;

comment on function _noetl.add_lines(text[], jsonb[], boolean[], timestamptz, timestamptz) is
  'The ids of the lines of these names and labels, in this order; those that are new begin with samples between since and until.';
