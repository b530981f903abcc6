create or replace function _noetl.promql_operator_text(node jsonb)
returns text
language sql
immutable
parallel safe
return concat(
  node ->> 'op',
  case when (node -> 'bool')::boolean then ' bool' end,
  case when node #> '{matching,labels}' <> '[]' or (node #> '{matching,on}')::boolean or node #>> '{matching,card}' in ('many-to-one', 'one-to-many')
    then case when (node #> '{matching,on}')::boolean then ' on ' else ' ignoring ' end || _noetl.promql_names_text(node #> '{matching,labels}') end,
  case node #>> '{matching,card}' when 'many-to-one' then ' group_left ' when 'one-to-many' then ' group_right ' end
    || _noetl.promql_names_text(node #> '{matching,include}'));

comment on function _noetl.promql_operator_text(jsonb) is 'The operator of a binary expression with bool and how it matches.';
