create or replace function _noetl.own_table(relation text, options jsonb)
returns jsonb
language sql
stable
parallel safe
begin atomic
  select jsonb_build_object(
    'alias', substring(relation from '("(?:[^"]|"")*"|[^".]+)$'),
    'keys', case when o.member is null then '[]' else '["member"]' end::jsonb,
    'queue', case when options ->> 'queue' is not null then 'coalesce(j.member, ''default'')' end,
    'task', case when options ->> 'task' is not null then 'coalesce(j.member, ''default'')' end,
    'since_later', true,
    'zone', o.zone,
    'tables', jsonb_build_array(jsonb_build_object(
      'relation', relation,
      'keeps_finished', true,
      'keys', jsonb_build_object('member', format('(%s)::text', o.member)),
      'created', o.times ->> 'queued_at',
      'jobs', jsonb_strip_nulls(jsonb_build_object(
        'waiting', jsonb_build_object(
          'when', _noetl.status_condition(options, '{ready_status}'),
          'indexed', _noetl.status_condition(o.indexed, '{ready_status}'), 'status', options -> 'status',
          'blocked', options ->> 'blocked',
          'retried', options ->> 'attempts' || ' > 0',
          'due', o.times ->> 'run_at'),
        'running', case when options -> 'running_status' is not null then jsonb_build_object(
          'when', _noetl.status_condition(options, '{running_status}'),
          'indexed', _noetl.status_condition(o.indexed, '{running_status}'), 'status', options -> 'status',
          'started', o.times ->> 'started_at',
          'due', o.times ->> 'lease_expires_at') end,
        'failed', case when options -> 'failed_status' is not null then jsonb_build_object(
          'when', _noetl.status_condition(options, '{failed_status}'),
          'indexed', _noetl.status_condition(o.indexed, '{failed_status}'), 'status', options -> 'status') end,
        'other', jsonb_build_object('when', concat_ws(' and ',
          _noetl.status_condition(options, '{ready_status,running_status,failed_status,finished_status}', 'is not true'),
          options ->> 'finished_at' || ' is null'),
          'indexed', concat_ws(' and ',
            _noetl.status_condition(o.indexed, '{ready_status,running_status,failed_status,finished_status}', 'is not true'),
            options ->> 'finished_at' || ' is null'),
          'status', options -> 'status',
          'named', _noetl.status_list(options, '{ready_status,running_status,failed_status,finished_status}')))),
      'ended', case when options -> 'running_status' is not null then jsonb_build_object('delete', jsonb_build_object(
        'when', _noetl.status_condition(options, '{running_status}'),
        'outcome', '''deleted''',
        'queue', 'coalesce((' || (options ->> 'queue') || ')::text, ''default'')',
        'operation', 'coalesce((' || (options ->> 'operation') || ')::text, '''')',
        'started', o.times ->> 'started_at',
        'since', nullif(format('greatest(%s)', concat_ws(', ', o.times ->> 'run_at', o.times ->> 'queued_at')), 'greatest()'))) end)),
    'outcomes', case when options ->> 'finished_at' is null then '[]' else jsonb_build_array(jsonb_build_object(
      'relation', relation,
      'when', concat_ws(' and ',
        _noetl.status_condition(options - 'condition', '{ready_status,running_status}', 'is not true'), options ->> 'condition'),
      'queue', 'coalesce((' || (options ->> 'queue') || ')::text, ''default'')',
      'operation', 'coalesce((' || (options ->> 'operation') || ')::text, '''')',
      'outcome', format('(%s)::text', options ->> 'status'),
      'finished', options ->> 'finished_at',
      'zone', options #> '{zones,finished_at}',
      'is_zoned', true,
      'started', _noetl.zoned(options ->> 'started_at', options #>> '{zones,started_at}'),
      'since', nullif(format('greatest(%s)', concat_ws(', ',
        _noetl.zoned(options ->> 'run_at', options #>> '{zones,run_at}'),
        _noetl.zoned(options ->> 'queued_at', options #>> '{zones,queued_at}'))), 'greatest()'))) end)
  from (
    select
      case options ->> 'per' when 'none' then null when 'task' then options ->> 'task' else options ->> 'queue' end as member,
      case when options -> 'unindexed' ? (options ->> 'condition') then options - 'condition' else options end as indexed,
      case when t.count = z.count then z.zone end as zone,
      case when t.count = z.count or z.count = 0 then t.raw else t.zoned end as times
    from (
      select count(*), jsonb_object_agg(e.key, e.value) as raw, jsonb_object_agg(e.key, _noetl.zoned(e.value, options #>> array['zones', e.key])) as zoned
      from jsonb_each_text(options) as e
      where e.key in ('run_at', 'queued_at', 'started_at', 'lease_expires_at')
    ) as t
    cross join (
      select count(*), min(e.value) as zone
      from jsonb_each_text(options -> 'zones') as e
      where e.key <> 'finished_at'
    ) as z
  ) as o;
end;

comment on function _noetl.own_table(text, jsonb) is
  'A table of one''s own, by the columns and expressions it was registered with, in the terms of _noetl.queue_library. Times are compared as the columns have them, if all have the same time zone, so that an index serves.';
