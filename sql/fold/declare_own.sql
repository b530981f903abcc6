create or replace function _noetl.declare_own()
returns void
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
begin
  with own as (
    insert into _noetl.family (name, metric_type, help, per_component, declared, starts_at_zero)
    select m.name, m.metric_type, m.help, false, true, true
    from noetl.preset_metric as m
    where m.preset = 'noetl'
      and (
        m.name = 'noetl_samples_rejected_total' and exists (select from _noetl.live_gauge as g where g.name = m.name and g.value > 0)
        or m.name in ('noetl_quarantined_families', 'noetl_quarantined_family') and exists (select from _noetl.quarantine))
      and not exists (select from _noetl.claimed_name as c where c.name = any (_noetl.family_names(m.name, m.metric_type)))
    returning family_id, name, metric_type
  )
  insert into _noetl.claimed_name (name, family_id)
  select distinct claim, o.family_id
  from own as o
  cross join lateral unnest(_noetl.family_names(o.name, o.metric_type)) as claim;
end
$$;

comment on function _noetl.declare_own() is
  'Puts on the page, also where no preset was installed, how many samples were refused and which families are in quarantine, once there are some. Called by the fold alone.';
