create or replace function _noetl.spend_samples(samples bigint)
returns void
language plpgsql
stable
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
declare
  spent bigint := coalesce(nullif(current_setting('noetl.promql_samples', true), ''), '0')::bigint + samples;
begin
  if spent > _noetl.integer_setting('query_samples') then
    raise exception 'query processing would load too many samples into memory in query execution'
      using errcode = 'NP002', hint = 'The setting query_samples is the most that one query may touch.';
  end if;
  if clock_timestamp() > nullif(current_setting('noetl.promql_deadline', true), '')::timestamptz then
    raise exception 'query timed out in expression evaluation'
      using errcode = 'NP003', hint = 'The setting query_timeout is the longest that one query may take.';
  end if;
  perform set_config('noetl.promql_samples', spent::text, true);
end
$$;

comment on function _noetl.spend_samples(bigint) is
  'Takes so many samples from what the query that is being evaluated may touch (setting query_samples) and looks at its time (setting query_timeout). Errors: NP002 when it touches more, NP003 when it takes longer.';
