create or replace function _noetl.matched_name(matching jsonb, many text, one text, keeps_name boolean)
returns text
language sql
immutable
parallel safe
return case
  when matching -> 'include' ? '__name__' then one || '.name'
  when not keeps_name then 'null::text'
  when matching ->> 'card' = 'one-to-one' and (matching ->> 'on')::boolean <> matching -> 'labels' ? '__name__' then 'null::text'
  else many || '.name'
end;

comment on function _noetl.matched_name(jsonb, text, text, boolean) is
  'The SQL expression of the name that the result of two matching series has, of which the series "many" gives the labels.';
