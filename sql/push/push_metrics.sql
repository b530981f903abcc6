create or replace function noetl.push_metrics(
  group_labels jsonb, body text, whole_group boolean default true, format text default 'text', ttl interval default null)
returns timestamptz
language plpgsql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
set extra_float_digits = 1
set jit = off
as $$
declare
  samples _noetl.pushed_sample[];
  group_id bigint;
  fault text;
  unreadable boolean;
  contested boolean;
begin
  perform _noetl.check_grouping(group_labels);
  if format is null or format not in ('text', 'openmetrics', 'protobuf') then
    raise exception 'format: must be text, openmetrics or protobuf' using errcode = 'invalid_text_representation';
  end if;
  if ttl not between interval '1 millisecond' and interval '1000 years' then
    raise exception 'ttl: must be from 1 millisecond to 1000 years' using errcode = 'invalid_text_representation';
  end if;
  samples := array(select s from _noetl.text_sample(body, group_labels, format) as s);
  select format('line %s: %s', f.line, f.fault), f.is_unreadable into fault, unreadable
  from (
    select s.line, s.fault, s.is_unreadable from unnest(samples) as s where s.fault is not null
    union all
    select c.line, c.fault, true from _noetl.comment_fault(body, samples, format = 'openmetrics') as c
  ) as f
  order by f.is_unreadable desc, f.line
  limit 1;
  if unreadable then
    raise exception 'body: %', _noetl.placed_fault(fault, samples, format) using errcode = 'invalid_text_representation';
  end if;

  contested := fault is null and exists (select from _noetl.push_conflict(samples) as c where c.other_id is not null);
  perform _noetl.lock_push(group_labels, alone => contested);
  group_id := _noetl.open_push_group(group_labels);
  samples := array(select s from unnest(samples) as s where s.family not in ('push_time_seconds', 'push_failure_time_seconds'));
  if contested then
    perform _noetl.replace_families(samples, group_id, whole_group);
  end if;
  fault := coalesce(fault, _noetl.push_fault(samples, group_id));
  if fault is not null then
    raise exception 'body: %', _noetl.placed_fault(fault, samples, format) using errcode = 'invalid_parameter_value';
  end if;
  insert into _noetl.push_group as g (runtime_id, pushed_at, expires_at)
  values (group_id, clock_timestamp(), clock_timestamp() + coalesce(ttl, _noetl.interval_setting('push_ttl')))
  on conflict on constraint push_group_pkey do update set pushed_at = excluded.pushed_at, expires_at = excluded.expires_at;
  begin
    perform _noetl.write_push(samples || array(select t from _noetl.push_times(group_id) as t), group_id, whole_group);
  exception when check_violation then
    -- somebody else's new series, or a rule that only the table knows
    raise exception 'body: %', sqlerrm using errcode = 'invalid_parameter_value';
  end;
  return (select g.pushed_at from _noetl.push_group as g where g.runtime_id = group_id);
end
$$;

comment on function noetl.push_metrics(jsonb, text, boolean, text, interval) is
  'What a Prometheus Pushgateway does with a push: body, in the Prometheus text format 0.0.4 or (format) in openmetrics, becomes what the group has on the page (whole_group; HTTP''s PUT), or only its families of the same names (POST). group_labels: the labels of the group, a job among them; they override the samples'' own. The values stay until the next push, noetl.delete_push_group(), or for ttl (null: the setting push_ttl) after the last push, and never grow stale. Returns when. All or nothing: an error names the line and the rule, as 22P02 where the body is no text format, else as 22023. A type may change where nobody else has the family on the page. format protobuf: the text that the server makes of a push in protobuf.';
