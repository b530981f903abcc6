create or replace function _noetl.range_parameters(form jsonb, out tree jsonb, out since timestamptz, out until timestamptz, out step interval)
returns record
language plpgsql
stable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
begin
  since := _noetl.time_parameter(form, 'start', null);
  until := _noetl.time_parameter(form, 'end', null);
  if since is null or until is null then
    perform _noetl.raise_parameter(case when since is null then 'start' else 'end' end, 'cannot parse "" to a valid timestamp');
  elsif until < since then
    perform _noetl.raise_parameter('end', 'end timestamp must not be before start time');
  end if;
  step := _noetl.duration_parameter(form, 'step');
  if step <= interval '0' then
    perform _noetl.raise_parameter('step', 'zero or negative query resolution step widths are not accepted. Try a positive integer');
  elsif extract(epoch from until - since) / extract(epoch from step) > 11000 then
    raise exception 'exceeded maximum resolution of 11,000 points per timeseries. Try decreasing the query resolution (?step=XX)' using errcode = 'NP001';
  end if;
  tree := _noetl.query_parameter(form);
  if tree ->> 'returns' not in ('scalar', 'vector') then
    perform _noetl.raise_parameter('query', format(
      'invalid expression type "%s" for range query, must be Scalar or instant Vector', _noetl.promql_type(tree)));
  end if;
end
$$;

comment on function _noetl.range_parameters(jsonb) is
  'The parameters of /api/v1/query_range in a form: the tree of query, start, end and step. What Prometheus refuses is an error (NP001) in its words.';
