create or replace function _noetl.any_sample_fault(metric_name text, metric_type text, labels jsonb)
returns text
language sql
immutable
parallel safe
begin atomic
  select case
    when metric_name is null or metric_name !~ '^[a-zA-Z_:][a-zA-Z0-9_:]*$' then
      format('metric_name: %s must match [a-zA-Z_:][a-zA-Z0-9_:]*', coalesce(quote_ident(left(metric_name, 60)), 'null'))
    when metric_type is null or metric_type not in ('counter', 'gauge', 'histogram', 'summary', 'untyped') then
      format('metric_type: "%s" is none of counter, gauge, histogram, summary, untyped', left(metric_type, 60))
    when labels is null or jsonb_typeof(labels) <> 'object' then
      format('labels: must be an object of names and values, not %s', coalesce(jsonb_typeof(labels), 'null'))
    when metric_type = 'histogram' and metric_name like '%\_bucket' and not labels ? 'le' then
      'labels: a sample whose name ends in _bucket needs the label le'
    else (
      select case
          when l.name !~ '^[a-zA-Z_][a-zA-Z0-9_]*$' or l.name like '\_\_%' then
            format('labels: the name %s must match [a-zA-Z_][a-zA-Z0-9_]* and must not begin with __', quote_ident(left(l.name, 60)))
          when jsonb_typeof(l.value) in ('object', 'array') then
            format('labels: the value of %s must be a string, number or boolean, not an %s', l.name, jsonb_typeof(l.value))
          when l.name = l.bound_name and part.part not in ('b', 'q') then
            format('labels: %s is reserved in a %s', l.name, metric_type)
          else
            format('labels: %s must be a number%s, not "%s"', l.name,
              case l.name when 'quantile' then ' from 0 to 1' else '' end, left(l.value #>> '{}', 60))
        end
      from (select _noetl.sample_part(metric_type, metric_name, labels) as part) as part,
        lateral (
          select each.key as name, each.value,
            case metric_type when 'histogram' then 'le' when 'summary' then 'quantile' end as bound_name
          from jsonb_each(case jsonb_typeof(labels) when 'object' then labels else '{}' end) as each
        ) as l
      where l.name !~ '^[a-zA-Z_][a-zA-Z0-9_]*$'
        or l.name like '\_\_%'
        or jsonb_typeof(l.value) in ('object', 'array')
        or l.name = l.bound_name and (
          part.part not in ('b', 'q')
          or (l.value #>> '{}') !~* case l.name
            when 'le' then '^[+-]?(inf|infinity|\d{1,17}(\.\d{0,20})?(e[+-]?\d{1,2})?|\.\d{1,20}(e[+-]?\d{1,2})?)$'
            else '^(0(\.\d{0,20})?|1(\.0{0,20})?|\.\d{1,20}|\d(\.\d{0,20})?e-\d{1,2})$'
          end)
      order by l.name
      limit 1
    )
  end;
end;

comment on function _noetl.any_sample_fault(text, text, jsonb) is
  'What _noetl.sample_fault(text, text, jsonb) says of a sample that is not plainly right.';
