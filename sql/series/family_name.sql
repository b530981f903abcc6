create or replace function _noetl.family_name(part "char", metric_name text)
returns text
language sql
immutable
parallel safe
return case part
  when 'b' then left(metric_name, -length('_bucket'))
  when 's' then left(metric_name, -length('_sum'))
  when 'c' then left(metric_name, -length('_count'))
  else metric_name
end;

comment on function _noetl.family_name("char", text) is 'The family that a sample of this part and name belongs to.';
