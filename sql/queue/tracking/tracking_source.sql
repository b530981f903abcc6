create or replace function _noetl.tracking_source(library jsonb)
returns table (place integer, relation text, state text, member text, due text, ended jsonb)
language sql
stable
parallel safe
rows 2
begin atomic
  select t.place::integer, _noetl.library_table(library, t.doc),
    'case' || string_agg(format(' when %s then %s', b.condition, b.state), '' order by b.kind <> 'waiting', b.kind) filter (where b.place is not null) || ' end',
    min(_noetl.member_expression(b)),
    coalesce('case' || string_agg(format(' when %s then %s', b.condition, _noetl.zoned(b.due, b.zone)), '' order by b.kind <> 'waiting', b.kind)
      filter (where b.due is not null) || ' end', 'null::timestamptz'),
    t.doc -> 'ended'
  from jsonb_array_elements(library -> 'tables') with ordinality as t (doc, place)
  left join _noetl.job_branch(library) as b on b.place = t.place
  group by t.place, t.doc
  order by t.place;
end;

comment on function _noetl.tracking_source(jsonb) is
  'The tables that a queue of a library is tracked in, as expressions over a row j: state (null: none), member and due as in _noetl.queue_change. State null throughout: a change of the table changes which tables there are. ended: how jobs end that leave no trace. What depends on other tables (a paused queue, a worker''s beat) is left to the reading.';
