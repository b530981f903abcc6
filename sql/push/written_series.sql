create or replace function _noetl.written_series(series jsonb, extra jsonb)
returns setof _noetl.written_series
language sql
stable
parallel safe
rows 1000
begin atomic
  select w.place, w.name, w.labels, w.at_ms, w.vals,
    coalesce(
      case
        when w.twice is not null then format('%s: the label %s is given twice', w.name, quote_ident(left(w.twice, 60)))
        when w.name is null then 'labels: must have a __name__'
      end,
      w.name || ': ' || coalesce(
        _noetl.import_fault(w.name, w.labels),
        _noetl.series_size_fault(w.name, w.labels, most.l),
        case
          when cardinality(w.at_ms) <> cardinality(w.vals) then 'times, values: must have as many elements as each other'
          when exists (
            select from unnest(w.at_ms) as ms where (ms between 0 and (date_part('epoch', clock_timestamp()) + 600) * 1000) is not true) then
            'timestamp: must lie between 1970 and 10 minutes from now'
        end))
  from (
    select s.place, s.labels ->> '__name__' as name, coalesce(s.labels, '{}') - '__name__' || extra as labels,
      coalesce(s.times, '{}') as at_ms, coalesce(s.values, '{}') as vals, s.twice
    from rows from (
      jsonb_to_recordset(series) as (labels jsonb, times bigint[], "values" double precision[], twice text)
    ) with ordinality as s (labels, times, values, twice, place)
    offset 0
  ) as w
  cross join (select l from _noetl.intake_limit as l offset 0) as most;
end;

comment on function _noetl.written_series(jsonb, jsonb) is 'One row is one series of a remote write, with the extra labels, or what is wrong with it.';
