create or replace function _noetl.answer(tree jsonb, since timestamptz, until timestamptz, step interval, expression text)
returns table (kind text, labels jsonb, at_ms bigint[], vals double precision[], message text)
language plpgsql
stable
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
begin
  for kind, labels, at_ms, vals, message in
    select r.* from _noetl.evaluate_promql(tree, since, until, step, expression) as r
  loop
    case kind
      when 'warning' then raise warning '%', message;
      when 'info' then raise notice '%', message;
      else return next;
    end case;
  end loop;
end
$$;

comment on function _noetl.answer(jsonb, timestamptz, timestamptz, interval, text) is
  'The rows of _noetl.evaluate_promql(), with its warnings and infos as messages of the session.';
