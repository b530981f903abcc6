create or replace function _noetl.otlp_resource(attributes jsonb, names_job boolean)
returns _noetl.otlp_resource
language sql
immutable
parallel safe
begin atomic
  select row(
    -- so that the first slash is always the one before the instance
    replace(replace(coalesce(n.name, 'unknown_service'), '%', '%25'), '/', '%2F') || coalesce('/' || n.instance, ''),
    coalesce(n.namespace, 'service'),
    _noetl.otlp_attributes(n.others),
    case when names_job then jsonb_strip_nulls(jsonb_build_object(
      'job', coalesce(n.namespace || '/', '') || replace(replace(coalesce(n.name, 'unknown_service'), '%', '%25'), '/', '%2F'), 'instance', n.instance))
    end)::_noetl.otlp_resource
  from (
    select
      max(a.value) filter (where a.key = 'service.name') as name,
      max(a.value) filter (where a.key = 'service.namespace') as namespace,
      max(a.value) filter (where a.key = 'service.instance.id') as instance,
      coalesce(jsonb_agg(a.attribute order by a.place) filter (where a.key not in ('service.name', 'service.namespace', 'service.instance.id')), '[]') as others
    from (
      select g.attribute, g.place, coalesce(g.attribute ->> 'key', '') as key, nullif(_noetl.compact_json(_noetl.otlp_value(g.attribute -> 'value')), '') as value
      from jsonb_array_elements(_noetl.otlp_list('attributes', attributes)) with ordinality as g (attribute, place)
    ) as a
  ) as n;
end;

comment on function _noetl.otlp_resource(jsonb, boolean) is
  'The component that an OpenTelemetry resource is: service.name (where a slash is %2F and a percent sign %25) and, behind a slash, service.instance.id; its type is service.namespace, or service. Everything else it has is labels. names_job: the page names it by the labels job and instance.';
