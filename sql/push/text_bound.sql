create or replace function _noetl.text_bound(part "char", labels jsonb)
returns double precision
language sql
immutable
parallel safe
return case
  when part = 'b' and labels ->> 'le' ~* '^[+-]?(inf|infinity|\d{1,17}(\.\d{0,20})?(e[+-]?\d{1,2})?|\.\d{1,20}(e[+-]?\d{1,2})?)$' then
    (labels ->> 'le')::double precision
  when part = 'q' and labels ->> 'quantile' ~* '^(0(\.\d{0,20})?|1(\.0{0,20})?|\.\d{1,20}|\d(\.\d{0,20})?e-\d{1,2})$' then
    (labels ->> 'quantile')::double precision
end;

comment on function _noetl.text_bound("char", jsonb) is 'The le of a bucket or the quantile of a quantile; null: it is neither, or there is no such number.';
