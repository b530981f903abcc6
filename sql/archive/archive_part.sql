create or replace view _noetl.archive_part as
select 'lines' as part, null::bigint as lines, null::bigint as samples, sum(pg_total_relation_size(r.relation))::bigint as bytes
from (values ('_noetl.line'::regclass), ('_noetl.place'), ('_noetl.scraper'), ('_noetl.imported_block')) as r (relation)
union all
select 'open', count(distinct (o.bundle, o.place)), coalesce(count(o.place), 0), pg_total_relation_size('_noetl.scrape')
from (
  select s.bundle, v.place
  from _noetl.scrape as s
  cross join lateral unnest(s.vals) with ordinality as v (val, place)
  where v.val is not null
) as o
union all
select t.level, c.lines, c.samples, t.bytes
from (
  select t.level, sum(pg_total_relation_size(p.relid))::bigint as bytes
  from (values ('full', '_noetl.chunk_full'::regclass), ('thinned', '_noetl.chunk_thinned'), ('imported', '_noetl.chunk_imported')) as t (level, parent)
  cross join lateral pg_partition_tree(t.parent) as p
  group by t.level
) as t
cross join lateral (
  select count(distinct c.line_id) as lines, coalesce(sum(k.samples), 0)::bigint as samples
  from _noetl.chunk as c
  join (
    select k.level, k.from_at, k.clock, coalesce(cardinality(k.d2), cardinality(k.d4), cardinality(k.d8), cardinality(k.f), 1) as samples
    from _noetl.chunk as k
    where k.line_id = 0 and k.level = t.level
    offset 0
  ) as k on k.level = c.level and k.from_at = c.from_at and k.clock = c.clock
  where c.line_id > 0 and c.level = t.level
) as c;

comment on view _noetl.archive_part is
  'One row is one part of the archive: open blocks, closed ones of each level, and what is known of all lines. samples: in closed blocks all times of a chunk count, also those at which the line was not there.';
comment on column _noetl.archive_part.bytes is 'On disk, with indexes.';
