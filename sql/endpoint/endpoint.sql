create or replace view _noetl.endpoint as
with declared as (
  select
    o.id,
    split_part(o.address, ' ', 1) as method,
    split_part(o.address, ' ', 2) as path,
    d.definition,
    array(select a.value from jsonb_array_elements_text(d.definition -> 'arguments') with ordinality as a (value, place) order by a.place) as arguments,
    case when not d.definition ? 'handler' then coalesce(d.definition ->> 'function', 'noetl.' || d.declared_by)::regproc end as function
  from _noetl.endpoint_definition() as d
  cross join lateral jsonb_each_text(d.definition -> 'operations') as o (id, address)
),
called as (
  select
    d.*,
    p.prorettype,
    p.prorettype in ('json'::regtype, 'jsonb'::regtype, 'text'::regtype, '_noetl.answer'::regtype) as has_body,
    d.function || format('(%s)', (
      select string_agg(
        format(case t.typcategory when 'A' then 'string_to_array($%s, '','')::%s' else '$%s::%s' end, a.place, format_type(t.oid, null)),
        ', ' order by a.place)
      from unnest(d.arguments) with ordinality as a (source, place)
      join pg_type as t on t.oid = p.proargtypes[a.place - 1])) as call
  from declared as d
  left join pg_proc as p on p.oid = d.function
)
select
  c.id,
  c.method,
  c.path,
  coalesce(c.definition ->> 'right', case when c.method in ('GET', 'HEAD') then 'reader' else 'admin' end) as "right",
  c.definition ->> 'handler' as handler,
  c.function,
  c.arguments,
  case when c.function is not null then format(
    'select p.status, p.headers, case when p.bytes <= %1$s then p.body end, p.bytes > %1$s from (select p.*, %2$s as bytes from (select %3$s from (select %4$s as answer offset 0) as f) as p) as p',
    _noetl.integer_setting('answer_bytes'),
    case when c.definition -> 'stream' = 'true' then 'coalesce(octet_length(p.body), 0)' else 'coalesce(sum(octet_length(p.body)) over (rows unbounded preceding), 0)' end,
    case
      when c.prorettype = '_noetl.answer'::regtype then '(f.answer).status, (f.answer).headers, (f.answer).body'
      when c.has_body then 'null::integer as status, null::jsonb as headers, f.answer::text as body'
      else 'null::integer as status, null::jsonb as headers, (f.answer is null)::text as body'
    end,
    c.call) end as statement,
  coalesce((c.definition ->> 'stream')::boolean, false) as is_streamed,
  coalesce((c.definition ->> 'status')::integer, 200) as status,
  case when c.has_body then
    coalesce(c.definition ->> 'type', case when c.prorettype in ('json'::regtype, 'jsonb'::regtype) then 'application/json' else 'text/plain' end)
  end as content_type,
  coalesce(c.definition -> 'takes', case when c.definition ? 'body' then '{"application/json": "json"}'::jsonb end, '{}') as takes,
  coalesce((c.definition ->> 'limit')::integer, 8 * 1024 * 1024) as body_limit_bytes,
  coalesce(c.definition ->> 'errors', 'problem') as errors,
  coalesce(c.definition -> 'statuses', '{}') as statuses,
  coalesce((c.definition ->> 'tolerant')::boolean, array_position(c.arguments, 'form') is not null) as is_tolerant,
  coalesce(c.definition ->> 'budget', 'request') as budget,
  c.definition
from called as c;

comment on view _noetl.endpoint is
  'One row is one operation of the HTTP API: a method at a path, and what it calls. Declared by functions that return an _noetl.endpoint_definition; the server registers what it finds here, and noetl.openapi() describes it.';
comment on column _noetl.endpoint.statement is 'Gives rows of a status, headers, a piece of the body, and whether with it the body would be longer than the setting answer_bytes: then it is null. Of what is streamed that bounds each piece. Each argument is a parameter. Null: the server has a handler of its own.';
comment on column _noetl.endpoint.content_type is 'Of the body; null: there is none.';
comment on column _noetl.endpoint.is_streamed is 'Whether the pieces are sent as they come, instead of when all of them are there and committed.';
comment on column _noetl.endpoint.takes is 'By content type what makes a parameter of the body; null: refused.';
comment on column _noetl.endpoint.body_limit_bytes is 'The most bytes of a body, unpacked.';
comment on column _noetl.endpoint.statuses is 'The HTTP status of a SQLSTATE or its class, where it is not the one of _noetl.http_status.';
comment on column _noetl.endpoint.is_tolerant is 'Whether parameters that it does not have are ignored, and those that it has are judged by SQL alone.';
comment on column _noetl.endpoint.budget is 'request, page or none: what a client''s requests are counted with.';
