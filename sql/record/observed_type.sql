create or replace function _noetl.observed_type(name text)
returns text
language sql
stable
parallel safe
begin atomic
  select case when exists (select from _noetl.family as f where f.name = observed_type.name and f.metric_type = 'summary')
    then 'summary' else 'histogram' end;
end;

comment on function _noetl.observed_type(text) is 'summary where a summary of this name is known, else histogram.';
