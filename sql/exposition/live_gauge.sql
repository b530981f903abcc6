create or replace function _noetl.live_gauge(name text)
returns table (labels jsonb, value double precision)
language plpgsql
stable
parallel safe
security definer
rows 3
set search_path = pg_catalog, pg_temp
as $$
begin
  case name
    when 'noetl_partition_coverage_ahead' then
      -- by name: reading the bounds of every partition costs ten times as much, at every scrape
      return query
      select '{}'::jsonb, d.day - 1::double precision
      from generate_series(1, 1000) as d (day)
      where not exists (
        select from pg_class as c
        join pg_inherits as i on i.inhrelid = c.oid
        where c.relname = _noetl.partition_name('metric_', _noetl.utc_day(now()) + d.day)
          and c.relnamespace = 'noetl'::regnamespace
          and i.inhparent = 'noetl.metric'::regclass)
      limit 1;
    when 'noetl_fold_age_seconds' then
      return query
      select '{}'::jsonb, extract(epoch from clock_timestamp() - f.folded_at)::double precision
      from _noetl.feed as f
      where f.folded_at is not null;
    when 'noetl_components' then
      return query
      select jsonb_build_object('component_type', c.component_type, 'status', c.state), count(*)::double precision
      from _noetl.component_state as c
      where c.runtime_id <> 0 and c.state <> 'forgotten'
      group by c.component_type, c.state;
    else
      return query select '{}'::jsonb, 0::double precision;
  end case;
end
$$;

comment on function _noetl.live_gauge(text) is
  'What the page says of a gauge that starts at zero before anything is recorded: 0, or, of the installation itself, what is so at each scrape: true also while nobody collects.';
