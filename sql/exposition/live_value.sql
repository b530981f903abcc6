create or replace function _noetl.live_value(name text)
returns table (page_labels text, value double precision)
language plpgsql
stable
parallel safe
security definer
rows 3
set search_path = pg_catalog, pg_temp
as $$
declare
  today date;
  partitions regclass[];
  ahead integer := 0;
begin
  case name
    when 'noetl_partition_coverage_ahead' then
      -- by name: reading the bounds of every partition costs ten times as much, at every scrape
      today := _noetl.utc_day(now());
      partitions := array(select i.inhrelid::regclass from pg_inherits as i where i.inhparent = 'noetl.metric'::regclass);
      while to_regclass('noetl.' || _noetl.partition_name('metric_', today + ahead + 1)) = any (partitions) loop
        ahead := ahead + 1;
      end loop;
      return query select '', ahead::double precision;
    when 'noetl_fold_age_seconds' then
      return query
      select '', extract(epoch from clock_timestamp() - f.folded_at)::double precision
      from _noetl.feed as f
      where f.folded_at is not null;
    when 'noetl_components' then
      return query
      select
        'component_type="' || _noetl.escaped_label(c.component_type) || '",status="' || _noetl.escaped_label(c.state) || '"',
        count(*)::double precision
      from _noetl.component_state as c
      where c.runtime_id <> 0 and c.state <> 'forgotten'
      group by c.component_type, c.state;
    else
      return query select '', 0::double precision;
  end case;
end
$$;

comment on function _noetl.live_value(text) is
  'What the page says of a gauge that starts at zero before anything is recorded, by its labels as the page shows them: 0, or, of the installation itself, what is so at each scrape: true also while nobody collects.';
