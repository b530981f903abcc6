create or replace function _noetl.history_step(step interval)
returns interval
language sql
stable
parallel safe
return greatest(step, _noetl.interval_setting('scrape_interval'));

comment on function _noetl.history_step(interval) is 'The length of the buckets in which history can answer: the given one, but no shorter than an interval between scrapes; null: that.';
