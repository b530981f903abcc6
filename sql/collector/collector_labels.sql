create or replace function _noetl.collector_labels(name text, runtime_id bigint)
returns jsonb
language sql
stable
parallel safe
return jsonb_build_object('collector', name)
  || coalesce((select jsonb_build_object('component', r.name) from noetl.runtime as r where r.runtime_id = collector_labels.runtime_id and r.runtime_id <> 0), '{}');

comment on function _noetl.collector_labels(text, bigint) is 'The labels of the families that tell of a collector: a probe''s name its server.';
