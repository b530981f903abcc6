create or replace function _noetl.is_promql_keyword(word text)
returns boolean
language sql
immutable
parallel safe
return word in ('and', 'or', 'unless', 'atan2', 'bool', 'by', 'group_left', 'group_right', 'ignoring', 'offset', 'on', 'without',
  'fill', 'fill_left', 'fill_right', 'anchored', 'smoothed', 'inf', 'nan');

comment on function _noetl.is_promql_keyword(text) is 'Whether a word in lower case cannot be the name of a function of PromQL.';
