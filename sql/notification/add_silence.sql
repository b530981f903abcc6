create or replace function noetl.add_silence(
  matchers text,
  ends_at timestamptz,
  comment text,
  created_by text default session_user,
  starts_at timestamptz default now()
)
returns bigint
language plpgsql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  parsed jsonb;
  fault text;
begin
  begin
    parsed := _noetl.selector_matchers(matchers);
  exception
    when others then
      fault := 'matchers: ' || sqlerrm;
  end;
  fault := coalesce(fault, case
    when coalesce(parsed, '[]') = '[]' or _noetl.matches(parsed, '{}') then 'matchers: at least one must not fit an alert without labels'
    when ends_at is null or not isfinite(ends_at) or ends_at <= now() then 'ends_at: must be a moment after now'
    when starts_at is null or not isfinite(starts_at) or starts_at >= ends_at then 'starts_at: must be before ends_at'
    when coalesce(comment, '') = '' then 'comment: must say why'
    when coalesce(created_by, '') = '' then 'created_by: must say who'
  end);
  if fault is not null then
    raise exception '%', fault using errcode = 'invalid_parameter_value', column = split_part(fault, ':', 1);
  end if;
  insert into _noetl.silence as s (matchers, starts_at, ends_at, created_by, comment)
  values (parsed, add_silence.starts_at, add_silence.ends_at, add_silence.created_by, add_silence.comment)
  returning s.silence_id into add_silence.created_by;
  return add_silence.created_by::bigint;
end
$$;

comment on function noetl.add_silence(text, timestamptz, text, text, timestamptz) is
  'Notifies nobody of the alerts that fit, until ends_at; returns the id of the silence. matchers: PromQL''s label matchers, alertname="QueueBacklog", shop=~"b.*"; all must fit. Inverse: noetl.end_silence(bigint).';
