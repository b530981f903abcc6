create or replace function _noetl.import_collectors_as(doc jsonb, preset text, dry_run boolean, search_path text, caller name)
returns table (name text, became text, metrics text[], notes text[])
language plpgsql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  given record;
  columns jsonb;
  parts jsonb;
  before _noetl.collector;
begin
  for given in
    select q.name, regexp_replace(q.query, ';\s*(--[^\n]*)?\s*$', '') as query, q.parts, q.rest, q.notes, q.refused,
      nullif(_noetl.imported_interval(q.every), interval '0') as every, nullif(_noetl.imported_interval(q.timeout), interval '0') as timeout
    from _noetl.imported_query(import_collectors_as.doc, import_collectors_as.preset) as q
  loop
    name := given.name;
    notes := given.notes;
    metrics := null;
    became := 'skipped';
    if given.refused is not null then
      notes := given.refused || notes;
      return next;
      continue;
    end if;
    begin
      columns := _noetl.described_columns(given.query, import_collectors_as.search_path);
      parts := _noetl.imported_parts(given.parts, given.rest, columns);
      if jsonb_array_length(parts) = 0 then
        raise exception 'its result has none of the columns that would be numbers: %', (select string_agg(c, ', ') from jsonb_object_keys(columns) as c);
      end if;
      metrics := array(select distinct p ->> 'name' from jsonb_array_elements(parts) as p order by 1);
      select c.* into before from _noetl.collector as c where c.name = given.name;
      became := _noetl.import_one(
        _noetl.import_definition(given.name, given.query, coalesce(given.every, interval '15 seconds'), coalesce(given.timeout, interval '10 seconds'), parts, columns,
          import_collectors_as.search_path),
        before, dry_run, caller);
      notes := notes || array(
        select format('the result has no column "%s"', p ->> 'column') from jsonb_array_elements(given.parts) as p where not columns ? (p ->> 'column'))
        || case when given.every > date_trunc('second', _noetl.interval_setting('staleness') * 0.8) then array[
          format('it runs each %s, not each %s: after the setting staleness a value is off the page', date_trunc('second', _noetl.interval_setting('staleness') * 0.8), given.every)]
          else '{}' end;
    exception
      when query_canceled then
        raise;
      when others then
        became := 'refused';
        notes := sqlerrm || notes;
    end;
    return next;
  end loop;
end
$$;

comment on function _noetl.import_collectors_as(jsonb, text, boolean, text, name) is
  'What noetl.import_collectors() does for its caller, whose name it gives; the private schema keeps everybody else from giving another.';
