create or replace function _noetl.job_branch(library jsonb)
returns setof _noetl.job_branch
language sql
stable
parallel safe
rows 10
begin atomic
  select row(t.place, coalesce(b.doc ->> 'relation', _noetl.library_table(library, t.doc)), coalesce(library ->> 'alias', 'j'), b.kind,
    b.doc ->> 'when',
    case b.kind
      when 'waiting' then case
        when coalesce(b.blocked, b.retried) is null then '''queued'''
        else 'case' || coalesce(' when ' || b.blocked || ' then ''blocked''', '') || coalesce(' when ' || b.retried || ' then ''queued_retry''', '') || ' else ''queued'' end' end
      when 'scheduled' then coalesce('case when ' || b.retried || ' then ''scheduled_retry'' else ''scheduled'' end', '''scheduled''')
      when 'running' then case
        when library ->> 'beat' is not null then '''beating'''
        when b.due is null then '''unleased'''
        else 'case' || coalesce(' when ' || (b.doc ->> 'last') || ' then ''last_lease''', '') || ' when ' || b.due || ' is null then ''unleased'' else ''leased'' end' end
      else quote_literal(b.kind)
    end,
    b.due, case b.kind when 'waiting' then t.doc ->> 'created' end, b.doc ->> 'started', library ->> 'zone',
    array(
      select t.doc -> 'keys' ->> k.name from jsonb_array_elements_text(library -> 'keys') with ordinality as k (name, place) order by k.place),
    coalesce((t.doc ->> 'keeps_finished')::boolean, false),
    jsonb_strip_nulls(b.doc || jsonb_build_object('blocked', b.blocked, 'moved', case when b.moved <> '' then b.doc -> 'moved' end,
      'created_order', coalesce(t.doc ->> 'created_order', t.doc ->> 'created'), 'priorities', case when _noetl.has_column(to_regclass(_noetl.library_table(library, t.doc)), 'priority') then t.doc -> 'priorities' end,
      'since_later', library -> 'since_later')))::_noetl.job_branch
  from jsonb_array_elements(library -> 'tables') with ordinality as t (doc, place)
  cross join lateral (
    select e.key, e.value, nullif(e.value ->> 'blocked', ''), nullif(e.value ->> 'retried', ''), nullif(e.value ->> 'due', ''), e.value #>> '{moved,when}'
    from jsonb_each(case when jsonb_typeof(t.doc -> 'jobs') = 'object' then t.doc -> 'jobs' else '{}' end) as e
  ) as b (kind, doc, blocked, retried, due, moved);
end;

comment on function _noetl.job_branch(jsonb) is 'What the tables of a queue hold, by the library as _noetl.queue_library() has it: one row for each kind of jobs in a table.';
