create or replace view _noetl.openapi_operation as
select
  regexp_replace(e.path, '\{\+', '{') as path,
  e.method,
  jsonb_strip_nulls(jsonb_build_object(
    'operationId', e.id,
    'summary', e.definition -> 'summary',
    'description', coalesce(e.definition ->> 'description', obj_description(e.function, 'pg_proc')),
    'tags', jsonb_build_array(e.definition -> 'tag'),
    'security', case when e.right = 'none' then '[]'::jsonb end))
  || case when p.parameters is null then '{}' else jsonb_build_object('parameters', p.parameters) end
  || case when e.takes = '{}' or e.method in ('GET', 'HEAD') then '{}' else jsonb_build_object('requestBody', jsonb_build_object('content', (
    select jsonb_object_agg(
      case t.type when '*/*' then 'text/plain' else t.type end,
      jsonb_build_object('schema', case t.decoder
        when 'form' then jsonb_build_object('type', 'object', 'properties', e.definition -> 'query', 'required', coalesce(e.definition -> 'required', '[]'))
        else coalesce(e.definition -> 'body', '{"type": "string", "format": "binary"}')
      end))
    from jsonb_each_text(e.takes) as t (type, decoder)
    -- beside a form, a body of any other type is let be sent and not looked at
    where t.decoder is not null and (t.type <> '*/*' or not e.takes ? 'application/x-www-form-urlencoded')))) end
  || jsonb_build_object('responses', (
    select jsonb_object_agg(r.status, r.response) from (
      select f.status, jsonb_build_object('description', f.description, 'content', jsonb_build_object(n.content_type, jsonb_build_object('schema', _noetl.resolved_schema(n.schema)))) as response
      from _noetl.error_form as n
      cross join lateral (
        select f.status, f.description
        from (values
          ('400', 'Not a valid request.', true),
          ('401', 'A bearer token that may do this is needed.', e.right <> 'none'),
          ('403', 'The bearer token may not do this, or a page of another site asks for it.', e.right <> 'none' or e.method not in ('GET', 'HEAD')),
          ('409', 'The Idempotency-Key was used for another request.', e.definition -> 'headers' ? 'idempotency-key'),
          ('413', 'Too many bytes or samples.', e.method not in ('GET', 'HEAD')),
          ('415', 'Not JSON in UTF-8, or compressed by anything but gzip.', e.method not in ('GET', 'HEAD')),
          ('421', 'The Host is none of this server''s names.', e.right <> 'none'),
          ('422', 'A sample breaks a rule.', e.takes @> '{"application/json": "json"}'),
          ('429', 'Too many requests of one client in a second: come back after Retry-After.', e.budget <> 'none'),
          ('503', 'The database did not answer in time: try again.', true)
        ) as f (status, description, is_possible)
        where f.is_possible and e.definition -> 'failures' -> f.status is null
        union all
        select f.key, f.value from jsonb_each_text(e.definition -> 'failures') as f
      ) as f
      where n.name = e.errors and e.definition -> 'responses' -> f.status is null
      union all
      select e.status::text, jsonb_build_object('description', 'Done.') || case
        when e.definition ? 'answer' then jsonb_build_object('content', jsonb_build_object(e.content_type, jsonb_build_object('schema', e.definition -> 'answer')))
        else '{}'
      end
      where not e.definition ? 'responses'
      union all
      select r.key, r.value from jsonb_each(e.definition -> 'responses') as r
    ) as r)) as operation
from _noetl.endpoint as e
cross join lateral (
  select jsonb_agg(
    jsonb_build_object('name', v.key, 'in', g.place, 'schema', v.value - 'description')
    || case when v.value ? 'description' then jsonb_build_object('description', v.value -> 'description') else '{}' end
    || case when g.place = 'path' or e.definition -> 'required' ? v.key then '{"required": true}' else '{}'::jsonb end
    order by g.position, v.key) as parameters
  from (values
    ('path', e.definition -> 'path', 1), ('query', case when e.method <> 'POST' or not e.takes ? 'application/x-www-form-urlencoded' then e.definition -> 'query' end, 2), ('header', e.definition -> 'headers', 3)
  ) as g (place, properties, position)
  cross join lateral jsonb_each(g.properties) as v
) as p;

comment on view _noetl.openapi_operation is 'One row is one operation of the HTTP API as the OpenAPI document describes it; what every operation may answer is written here once.';
