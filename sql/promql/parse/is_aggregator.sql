create or replace function _noetl.is_aggregator(word text)
returns boolean
language sql
immutable
parallel safe
return word in ('sum', 'avg', 'count', 'min', 'max', 'group', 'stddev', 'stdvar', 'topk', 'bottomk', 'count_values', 'quantile', 'limitk', 'limit_ratio');

comment on function _noetl.is_aggregator(text) is 'Whether a word in lower case is an aggregation of PromQL where parentheses, by or without follow.';
