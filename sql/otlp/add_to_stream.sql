create or replace function _noetl.add_to_stream(stream _noetl.otlp_stream)
returns _noetl.otlp_stream
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
declare
  known _noetl.otlp_stream;
begin
  insert into _noetl.otlp_stream (series_id, runtime_id, bounds, counts)
  values (stream.series_id, stream.runtime_id, '{}', '{}')
  on conflict on constraint otlp_stream_pkey do nothing;
  select s.* into known from _noetl.otlp_stream as s where s.series_id = stream.series_id for no key update;
  select coalesce(array_agg(b.bound order by b.bound), '{}'), coalesce(array_agg(b.observations order by b.bound), '{}')
  into stream.bounds, stream.counts
  from (
    select u.bound, sum(u.observations) as observations
    from (
      select * from unnest(known.bounds, known.counts) where known.counts is not null
      union all
      select * from unnest(stream.bounds, stream.counts)
    ) as u (bound, observations)
    group by u.bound
  ) as b;
  stream.total := coalesce(known.total + stream.total, known.total, stream.total);
  stream.observations := coalesce(known.observations + stream.observations, known.observations, stream.observations);
  update _noetl.otlp_stream as s
  set bounds = stream.bounds, counts = stream.counts, total = stream.total, observations = stream.observations
  where s.series_id = stream.series_id;
  return stream;
end
$$;

comment on function _noetl.add_to_stream(_noetl.otlp_stream) is
  'Adds what a data point of delta temporality counts to its stream and returns what that comes to. Buckets of other bounds stand side by side: each counts from its own bound on. Keeps the stream locked.';
