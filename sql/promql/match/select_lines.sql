create or replace function _noetl.select_lines(matchers jsonb, since timestamptz, until timestamptz)
returns table (line_id integer, name text, labels jsonb)
language plpgsql
stable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
begin
  -- the usual selector: no statement of its own has to be planned
  if jsonb_array_length(matchers) = 1 and matchers -> 0 @> '{"name": "__name__", "type": "="}' then
    return query
      select l.line_id, l.name, l.labels
      from _noetl.line as l
      where l.name = matchers -> 0 ->> 'value' and l.first_at <= until and l.last_at >= since;
  else
    return query execute
      'select l.line_id, l.name, l.labels from _noetl.line as l where l.first_at <= $2 and l.last_at >= $1 and '
        || coalesce(_noetl.line_condition(matchers), 'true')
      using since, until;
  end if;
end
$$;

comment on function _noetl.select_lines(jsonb, timestamptz, timestamptz) is
  'The lines of the archive that match all of these matchers, [{"name", "type": = != =~ !~, "value"}], and may have samples from since to until; the name of the metric is __name__, and a label that is absent has the value "". A regular expression that PostgreSQL cannot compile is an error (2201B).';
