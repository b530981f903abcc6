create or replace function _noetl.on_metric_insert()
returns trigger
language plpgsql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  batch record;
  secret _noetl.secret;
  remembered text;
  signature text;
  are_known boolean;
  fault text;
begin
  select
    count(*) as samples,
    min(n.runtime_id) as component,
    min(n.runtime_id) < max(n.runtime_id) as mixed,
    bool_or(n.metric_type <> 'gauge' and (n.metric_type <> 'counter' or not n.metric_value >= 0 or n.metric_value = 'NaN')) as doubtful,
    bool_or(
      n."timestamp" > statement_timestamp() or n."timestamp" < timestamptz '0001-01-01 00:00:00+00'
      or n.created_at < timestamptz '0001-01-01 00:00:00+00' or n.created_at >= timestamptz '10000-01-01 00:00:00+00'
      or n.expires_at < timestamptz '0001-01-01 00:00:00+00' or n.expires_at >= timestamptz '10000-01-01 00:00:00+00'
      or octet_length(n.help_text) > 1000 or octet_length(n.unit) > 100
      or pg_column_size(n.metadata) > 1000 or pg_column_compression(n.metadata) is not null) as outsized
  into batch
  from new_rows as n;
  if batch.mixed then
    perform _noetl.hold_component(c.part) from (select distinct n.runtime_id & 15 as part from new_rows as n order by 1) as c;
  elsif batch.samples > 0 then
    -- as in _noetl.hold_component(), without a call of it, which costs more than all the rest of it
    case batch.component & 15
      when 0 then perform from _noetl.writer_0 for key share;
      when 1 then perform from _noetl.writer_1 for key share;
      when 2 then perform from _noetl.writer_2 for key share;
      when 3 then perform from _noetl.writer_3 for key share;
      when 4 then perform from _noetl.writer_4 for key share;
      when 5 then perform from _noetl.writer_5 for key share;
      when 6 then perform from _noetl.writer_6 for key share;
      when 7 then perform from _noetl.writer_7 for key share;
      when 8 then perform from _noetl.writer_8 for key share;
      when 9 then perform from _noetl.writer_9 for key share;
      when 10 then perform from _noetl.writer_10 for key share;
      when 11 then perform from _noetl.writer_11 for key share;
      when 12 then perform from _noetl.writer_12 for key share;
      when 13 then perform from _noetl.writer_13 for key share;
      when 14 then perform from _noetl.writer_14 for key share;
      when 15 then perform from _noetl.writer_15 for key share;
    end case;
  end if;

  -- A session that reports the same many series again and again is not asked for them each time, which is a quarter of an insert.
  -- Anybody can write the setting: only the secret tells that these rows were checked.
  if batch.samples >= 100 and not batch.mixed then
    remembered := coalesce(current_setting('noetl.known_batches', true), '');
    select s.* into secret from _noetl.secret as s;
    -- rows whose labels collide are samples of the series that they collide with, whose labels the page shows
    select sum(hashint8extended(n.series_id, hashtextextended(n.metric_name, hashtextextended(n.metric_type, secret.seed))))
    into signature
    from new_rows as n;
    signature := (
      select ';' || encode(sha256(convert_to(concat_ws(' ', secret.key, f.retired_by, batch.component, batch.samples, signature), 'UTF8')), 'hex')
      from _noetl.feed as f);
    are_known := position(signature in remembered) > 0
      and exists (select from noetl.runtime as r where r.runtime_id = batch.component);
  end if;
  if are_known is not true then
    -- "is true": only the fingerprint is hashed for the join; hashing labels again would cost more than comparing them
    are_known := not exists (
      select from new_rows as n
      where not exists (
        select from _noetl.series as s
        where s.series_id = n.series_id
          and (s.labels = n.labels and s.metric_name = n.metric_name and s.runtime_id = n.runtime_id) is true
          and s.retired_at is null));
    if are_known and signature is not null then
      perform set_config('noetl.known_batches', left(signature || remembered, 10000), false);
    end if;
  end if;
  if not are_known then
    insert into _noetl.pending_series (series_id, runtime_id, metric_name, metric_type, labels, help_text, unit)
    select distinct on (n.series_id) n.series_id, n.runtime_id, n.metric_name, n.metric_type, n.labels, n.help_text, n.unit
    from new_rows as n
    where not exists (
        select from _noetl.series as s
        where s.series_id = n.series_id
          and (s.labels = n.labels and s.metric_name = n.metric_name and s.runtime_id = n.runtime_id) is true
          and s.retired_at is null)
      and not exists (
        select from _noetl.pending_series as s
        where s.series_id = n.series_id
          and (s.labels = n.labels and s.metric_name = n.metric_name and s.runtime_id = n.runtime_id) is true)
    order by n.series_id;
    if found then
      fault := _noetl.new_series_fault(array(select distinct n.series_id from new_rows as n));
    end if;
  end if;

  if batch.doubtful and fault is null then
    select _noetl.value_fault(_noetl.sample_part(n.metric_type, n.metric_name, n.labels), n.metric_type, n.metric_value)
    into fault
    from new_rows as n
    where _noetl.value_fault(_noetl.sample_part(n.metric_type, n.metric_name, n.labels), n.metric_type, n.metric_value) is not null
    limit 1;
  end if;
  -- only what might exceed a limit is held against the settings
  if batch.outsized and fault is null then
    select f.fault into fault
    from new_rows as n
    cross join (select l from _noetl.intake_limit as l offset 0) as most
    cross join lateral (
      select coalesce(
        _noetl.ahead_fault('timestamp', n."timestamp", most.l),
        _noetl.moment_fault('created_at', n.created_at),
        _noetl.moment_fault('expires_at', n.expires_at),
        _noetl.sample_size_fault(n.help_text, n.unit, n.metadata, most.l)) as fault
    ) as f
    where f.fault is not null
    limit 1;
  end if;
  if fault is not null then
    perform _noetl.count_rejected(fault, batch.samples);
    raise exception '%', fault
      using errcode = case when fault like 'runtime_id:%' then 'foreign_key_violation' else 'check_violation' end,
        schema = 'noetl', table = 'metric', column = split_part(fault, ':', 1);
  end if;
  return null;
end
$$;

comment on function _noetl.on_metric_insert() is
  'Registers the series that a statement brings for the first time and refuses what no page could show. Costs a lookup per row otherwise; takes no lock that another writer could wait for.';

-- create or replace would wait for every open writer, so that an upgrade stands in their way
do $$
begin
  if not exists (select from pg_trigger where tgrelid = 'noetl.metric'::regclass and tgname = 'metric_is_registered') then
    create trigger metric_is_registered
      after insert on noetl.metric referencing new table as new_rows
      for each statement execute function _noetl.on_metric_insert();
  end if;
  if not exists (select from pg_trigger where tgrelid = 'noetl.metric'::regclass and tgname = 'metric_stays_sound') then
    create trigger metric_stays_sound
      after update on noetl.metric referencing new table as new_rows
      for each statement execute function _noetl.on_metric_insert();
  end if;
end
$$;
