create or replace function noetl.inc(
  name text,
  labels jsonb default '{}',
  by double precision default 1,
  runtime_id bigint default null,
  metadata jsonb default null
)
returns void
language plpgsql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  fault text;
begin
  if by is null or not by between 0 and 1e300 then
    raise exception 'by: counter "%" can only grow by 0 to 1e300, not by %', name, coalesce(by::text, 'null')
      using errcode = 'check_violation';
  end if;
  if pg_column_size(metadata) > 1000 or pg_column_compression(metadata) is not null then
    fault := _noetl.metadata_fault(metadata);
  end if;
  if fault is null then
    -- as in observe() and set(): to call one function for all three, whether the series is known or not, takes 7 % longer
    insert into _noetl.event (series_id, value, metadata)
    select k.series_id, by, inc.metadata
    from _noetl.known_series(inc.runtime_id, 'counter', inc.name, inc.labels) as k;
    if not found then
      fault := _noetl.record(runtime_id, 'counter', name, labels, by, metadata);
    end if;
  end if;
  -- raised here, so that who meets it is told of no other function
  if fault is not null then
    raise exception '%', fault
      using errcode = case when fault like 'runtime_id:%' then 'foreign_key_violation' else 'check_violation' end,
        schema = 'noetl', table = 'metric', column = split_part(fault, ':', 1);
  end if;
end
$$;

comment on function noetl.inc(text, jsonb, double precision, bigint, jsonb) is
  'Adds to a counter, in the caller''s transaction: it counts when that commits. Never waits for another writer. runtime_id: the component; null: the session setting noetl.runtime_id, else the default component. metadata: facts beside the labels; a trace_id, span_id and object exemplar_labels in it become the exemplar, of exemplar_time (seconds since 1970) if there is one. A by that is null or not between 0 and 1e300, a bad name or label, or a name that is no counter is an error.';
