create or replace function _noetl.live_gauge(name text)
returns table (labels jsonb, value double precision)
language plpgsql
stable
parallel safe
rows 3
set search_path = pg_catalog, pg_temp
as $$
begin
  case name
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
      return;
  end case;
end
$$;

comment on function _noetl.live_gauge(text) is
  'What the page says of the installation itself, asked at each scrape: true also while nobody collects. Nothing for a name that is not one of these gauges. Shown once noetl.install_preset(''noetl'') has declared it.';
