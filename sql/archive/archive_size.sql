create or replace view noetl.archive_size as
with part as materialized (
  select * from _noetl.archive_part
),
every as (
  select extract(epoch from _noetl.interval_setting('scrape_interval')) as scrape_seconds,
    extract(epoch from _noetl.interval_setting('thinned_interval')) as thinned_seconds,
    extract(epoch from _noetl.interval_setting('thin_after')) as full_seconds
),
-- what is measured counts from a million samples on
density as (
  select coalesce(max(p.bytes::numeric / p.samples) filter (where p.level_is_full), 1.4) as full_bytes,
    coalesce(max(p.bytes::numeric / p.samples) filter (where not p.level_is_full), 2.5) as thinned_bytes
  from (
    select p.bytes, p.samples, p.part = 'full' as level_is_full from part as p where p.part in ('full', 'thinned') and p.samples >= 1000000
  ) as p
)
select p.part as what, p.lines, p.samples, p.bytes, pg_size_pretty(p.bytes) as size, round(p.bytes::numeric / nullif(p.samples, 0), 2) as bytes_a_sample
from part as p
union all
select format('%s of %s lines', t.what, to_char(n.lines, 'FM999,999')), n.lines, s.samples, b.bytes, pg_size_pretty(b.bytes), round(b.bytes::numeric / s.samples, 2)
from (values ('a day', 86400), ('a month', 2592000), ('two years', 63072000)) as t (what, seconds)
cross join (values (1000), (10000)) as n (lines)
cross join every as e
cross join density as d
cross join lateral (
  select least(t.seconds, coalesce(e.full_seconds, t.seconds)) / e.scrape_seconds * n.lines as full_samples,
    greatest(t.seconds - coalesce(e.full_seconds, t.seconds), 0) / e.thinned_seconds * n.lines as thinned_samples
) as a
cross join lateral (select (a.full_samples + a.thinned_samples)::bigint as samples) as s
cross join lateral (select (a.full_samples * d.full_bytes + a.thinned_samples * d.thinned_bytes)::bigint as bytes) as b;

comment on view noetl.archive_size is
  'What the archive takes: a row for each part, and what a day, a month and two years of so many lines take by the settings scrape_interval, thin_after and thinned_interval, at the bytes a sample that are measured here, or 1.4 and 2.5 where less than a million samples are.';
comment on column noetl.archive_size.bytes is 'On disk, with indexes.';
