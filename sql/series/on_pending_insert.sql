create or replace function _noetl.on_pending_insert()
returns trigger
language plpgsql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  new.part := _noetl.sample_part(new.metric_type, new.metric_name, new.labels);
  new.family := _noetl.family_name(new.part, new.metric_name);
  new.canonical_id := new.series_id;
  new.canonical_labels := new.labels;
  -- of what is wrong, and refused next, nothing more can be told
  if _noetl.sample_fault(new.metric_name, new.metric_type, new.labels) is null then
    new.bound := case new.part when 'b' then new.labels ->> 'le' when 'q' then new.labels ->> 'quantile' end::double precision;
    new.canonical_labels := _noetl.relabelled(new.family, _noetl.canonical_labels(new.labels, new.part, new.bound));
    new.is_dropped := new.canonical_labels is null;
    new.canonical_labels := coalesce(new.canonical_labels, new.labels);
    new.canonical_id := _noetl.fingerprint(new.runtime_id, new.metric_type, new.metric_name, new.canonical_labels);
  end if;
  return new;
end
$$;

comment on function _noetl.on_pending_insert() is 'Finds out, at first sight, which series and family a spelling is of, by noetl.label_rule too, so that no page has to.';

-- create or replace would wait for every open writer, so that an upgrade stands in their way
do $$
begin
  if not exists (select from pg_trigger where tgrelid = '_noetl.pending_series'::regclass and tgname = 'pending_series_is_resolved') then
    create trigger pending_series_is_resolved
      before insert on _noetl.pending_series
      for each row execute function _noetl.on_pending_insert();
  end if;
end
$$;
