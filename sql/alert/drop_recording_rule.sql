create or replace function noetl.drop_recording_rule(name text, labels jsonb default '{}')
returns void
language plpgsql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  delete from _noetl.recording_rule as r where r.name = drop_recording_rule.name and r.labels = drop_recording_rule.labels;
  if not found then
    raise exception 'name: there is no recording rule "%" with these labels', name
      using errcode = 'invalid_parameter_value', column = 'name', hint = 'select name, labels from noetl.recording_rule';
  end if;
end
$$;

comment on function noetl.drop_recording_rule(text, jsonb) is
  'Ends a recording rule: its lines leave the page with the next evaluation, and end in the archive, which keeps what was.';
