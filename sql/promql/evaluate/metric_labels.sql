create or replace function _noetl.metric_labels(name text, labels jsonb)
returns jsonb
language sql
immutable
parallel safe
return case when name is null then labels else jsonb_build_object('__name__', name) || labels end;

comment on function _noetl.metric_labels(text, jsonb) is 'All labels of a series, its name among them as __name__ if it has one.';
