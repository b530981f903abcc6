create or replace function _noetl.status_condition(options jsonb, names text[], test text default '')
returns text
language sql
immutable
parallel safe
begin atomic
  select concat_ws(' and ',
    case
      when l.list not like '%'', ''%' and test = '' then format('%s = %s', options ->> 'status', l.list)
      else trim(format('(%s in (%s)) %s', options ->> 'status', l.list, test))
    end,
    options ->> 'condition')
  from (select _noetl.status_list(options, names)) as l (list);
end;

comment on function _noetl.status_condition(jsonb, text[], text) is
  'The condition that a row of one''s own table is in one of the statuses that some options name, and one of the rows that count. test: is not true: in none of them.';
