create or replace function noetl.push_metrics(group_labels jsonb, body text, whole_group boolean default true)
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
  samples := array(select s from _noetl.text_sample(body, group_labels) as s);
  select format('line %s: %s', f.line, f.fault), f.is_unreadable into fault, unreadable
  from (
    select s.line, s.fault, s.is_unreadable from unnest(samples) as s where s.fault is not null
    union all
    select c.line, c.fault, true from _noetl.comment_fault(body, samples) as c
  ) as f
  order by f.is_unreadable desc, f.line
  limit 1;
  if unreadable then
    raise exception 'body: %', fault using errcode = 'invalid_text_representation';
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
    raise exception 'body: %', fault using errcode = 'invalid_parameter_value';
  end if;
  insert into _noetl.push_group as g (runtime_id, pushed_at)
  values (group_id, clock_timestamp())
  on conflict on constraint push_group_pkey do update set pushed_at = excluded.pushed_at;
  begin
    perform _noetl.write_push(samples || array(select t from _noetl.push_times(group_id) as t), group_id, whole_group);
  exception when check_violation then
    -- somebody else's new series, or a rule that only the table knows
    raise exception 'body: %', sqlerrm using errcode = 'invalid_parameter_value';
  end;
  return (select g.pushed_at from _noetl.push_group as g where g.runtime_id = group_id);
end
$$;

comment on function noetl.push_metrics(jsonb, text, boolean) is
  'What a Prometheus Pushgateway does with a push: body, in the Prometheus text format 0.0.4, becomes what the group has on the page (whole_group; HTTP''s PUT), or only its families of the same names (POST). group_labels: the labels of the group, a job among them; they override the samples'' own. The values stay until the next push or noetl.delete_push_group(), and never grow stale. Returns when. All or nothing: an error names the line and the rule, as 22P02 where the body is no text format, else as 22023. A type may change where nobody else has the family on the page.';
