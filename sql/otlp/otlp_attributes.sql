create or replace function _noetl.otlp_attributes(attributes jsonb)
returns jsonb
language sql
immutable
parallel safe
begin atomic
  select coalesce(jsonb_object_agg(a.label, a.value), '{}')
  from (
    select l.label, string_agg(_noetl.compact_json(_noetl.otlp_value(g.attribute -> 'value')), ';' order by g.attribute ->> 'key' collate "C") as value
    from jsonb_array_elements(_noetl.otlp_list('attributes', attributes)) as g (attribute)
    cross join lateral (
      select regexp_replace(regexp_replace(g.attribute ->> 'key', '[^a-zA-Z0-9_]|__+', '_', 'g'), '^(_*)([0-9])', '_\2') as name
    ) as n
    cross join lateral (select regexp_replace(n.name, '__+', '_', 'g') as label) as l
    where l.label <> ''
    group by l.label
  ) as a
  where a.value <> '';
end;

comment on function _noetl.otlp_attributes(jsonb) is
  'OpenTelemetry attributes as labels: what no label name may hold becomes an underscore, one for several; the values of attributes that come to have one name are joined by a semicolon. An empty value is absent.';
