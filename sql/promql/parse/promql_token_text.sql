create or replace function _noetl.promql_token_text(tokens text[], at integer)
returns text
language sql
immutable
parallel safe
begin atomic
  select case
    when t.token is null then 'end of input'
    when t.token ~ '^["''`]' then 'string ' || t.short
    when t.inside and t.token ~ '^[A-Za-z_]' then 'identifier ' || _noetl.go_quoted(substring(t.token from '^[^:]+'))
    when t.inside and t.token = '==' then '"="'
    when t.token ~ '^\[' then '"["'
    when t.word in ('inf', 'nan') or t.token ~ '^\.?[0-9]' and _noetl.is_promql_number(t.token, false) then 'number ' || t.short
    when t.token ~ '^\.?[0-9]' then 'duration ' || t.short
    when t.word in ('and', 'or', 'unless', 'atan2', '+', '-', '*', '/', '%', '^', '==', '!=', '<', '<=', '>', '>=', '@', '=~', '!~')
      then format('<op:%s>', t.token)
    when t.word in ('sum', 'avg', 'count', 'min', 'max', 'group', 'stddev', 'stdvar', 'topk', 'bottomk', 'count_values', 'quantile', 'limitk', 'limit_ratio')
      then format('<aggr:%s>', t.token)
    when t.word in ('bool', 'by', 'group_left', 'group_right', 'ignoring', 'offset', 'on', 'without', 'anchored', 'smoothed')
      or t.word in ('fill', 'fill_left', 'fill_right') and tokens[at + 1] = '(' then format('<%s>', t.token)
    when t.word in ('start', 'end', 'step', 'range', 'min_of', 'max_of') then _noetl.go_quoted(t.token)
    when t.token ~ '^[A-Za-z_:]' then case when t.token ~ ':' then 'metric identifier ' else 'identifier ' end || _noetl.go_quoted(t.token)
    else _noetl.go_quoted(t.token)
  end
  from (
    select tokens[at] as token, lower(tokens[at]) as word, b.open as inside,
      _noetl.go_quoted(left(tokens[at], 10)) || case when length(tokens[at]) > 10 then '...' else '' end as short
    from _noetl.promql_braces(tokens, at) as b
  ) as t;
end;

comment on function _noetl.promql_token_text(text[], integer) is 'A token of an expression, or its end, as Prometheus names it in its errors.';
