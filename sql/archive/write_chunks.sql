create or replace function _noetl.write_chunks(level text, pending _noetl.pending_chunk[])
returns void
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
set jit = off
as $$
#variable_conflict use_column
declare
  clashing bigint;
begin
  with clock as materialized (
    select distinct on (p.from_at, k.clock) p.from_at, k.clock, p.at_ms
    from unnest(pending) as p
    cross join lateral (select hash_array_extended(p.at_ms, 0) as clock) as k
    order by p.from_at, k.clock
  ),
  written as (
    insert into _noetl.chunk (level, line_id, from_at, until_at, clock, scale, first, d2, d4, d8, f)
    select write_chunks.level, 0, k.from_at, to_timestamp(k.at_ms[cardinality(k.at_ms)] / 1000.0), k.clock, e.scale, e.first, e.d2, e.d4, e.d8, e.f
    from clock as k
    cross join lateral _noetl.encoded(k.at_ms::double precision[], false) as e
    on conflict (line_id, from_at, clock, level) do nothing
    returning from_at, clock
  )
  select min(k.clock) into clashing
  from clock as k
  join _noetl.chunk as c on c.level = write_chunks.level and c.line_id = 0 and c.from_at = k.from_at and c.clock = k.clock
  where (k.from_at, k.clock) not in (select w.from_at, w.clock from written as w)
    and _noetl.decoded(1, c.scale, c.first, null, null, null, null, null, null, c.d2, c.d4, c.d8, c.f)::bigint[] <> k.at_ms;
  if clashing is not null then
    raise exception 'at: these times have the hash % of others', clashing using errcode = 'unique_violation';
  end if;

  insert into _noetl.chunk as c (level, line_id, from_at, until_at, clock, scale, first, marks, m2, h1, o1, o2, o4, d2, d4, d8, f, falls, ended)
  select write_chunks.level, p.line_id, p.from_at, to_timestamp(p.at_ms[cardinality(p.at_ms)] / 1000.0), hash_array_extended(p.at_ms, 0),
    e.scale, e.first, e.marks, e.m2, e.h1, e.o1, e.o2, e.o4, e.d2, e.d4, e.d8, e.f, e.falls, nullif(p.ended, '{}')
  from unnest(pending) as p
  cross join lateral _noetl.encoded(p.vals) as e
  order by p.line_id, p.from_at
  on conflict (line_id, from_at, clock, level) do update
  set written = excluded.written, scale = excluded.scale, first = excluded.first,
    marks = excluded.marks, m2 = excluded.m2, h1 = excluded.h1, o1 = excluded.o1, o2 = excluded.o2, o4 = excluded.o4,
    d2 = excluded.d2, d4 = excluded.d4, d8 = excluded.d8, f = excluded.f, falls = excluded.falls, ended = excluded.ended;
end
$$;

comment on function _noetl.write_chunks(text, _noetl.pending_chunk[]) is
  'Writes samples as chunks of a level, with the times that they share. A chunk of the same line, block and times is replaced: these are the later values.';
