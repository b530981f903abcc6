create or replace function _noetl.note_promql(note text, node jsonb)
returns void
language plpgsql
stable
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
declare
  notes jsonb := coalesce(nullif(current_setting('noetl.promql_notes', true), ''), '{}')::jsonb;
begin
  perform set_config('noetl.promql_notes', (notes || jsonb_build_object(format('%s @%s', note, node ->> 'start'), true))::text, true);
end
$$;

comment on function _noetl.note_promql(text, jsonb) is
  'Adds a warning or an info to the answer of the query that is being evaluated: a text that begins with "PromQL warning: " or "PromQL info: ", and the node of the expression that it is about. The same note counts once.';
