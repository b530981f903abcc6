create or replace function _noetl.lines_of(metric_name text, labels jsonb, component bigint, since timestamptz, until timestamptz)
returns setof _noetl.line
language sql
stable
parallel safe
begin atomic
  select l.*
  from _noetl.line as l
  where l.name = metric_name
    and l.labels @> lines_of.labels
    and l.last_at >= since
    and l.first_at <= until
    and (component is null or exists (
      select from noetl.runtime as r
      where r.runtime_id = component
        and case
          when component = 0 then not l.labels ? 'component'
          else l.labels @> jsonb_build_object('component', r.name, 'component_type', r.component_type)
        end));
end;

comment on function _noetl.lines_of(text, jsonb, bigint, timestamptz, timestamptz) is
  'The lines of a name that may have samples between two times, whose labels contain these, of one component by the labels that the page gives its lines, or (null) of all.';
