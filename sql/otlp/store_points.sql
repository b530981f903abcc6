create or replace function _noetl.store_points(points _noetl.otlp_data_point[], runtime_id bigint)
returns jsonb
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
declare
  most integer := _noetl.integer_setting('batch_limit');
  samples jsonb[];
  places bigint[];
  answer jsonb;
  faults jsonb := jsonb_build_object();
begin
  perform _noetl.forget_point(p, runtime_id)
  from unnest(points) as p
  where coalesce(p.point ->> 'flags', '0')::bigint & 1 = 1;
  -- in one order, so that requests that add to the same streams wait for each other and never in a circle
  select array_agg(s.sample), array_agg(p.place) into samples, places
  from (
    select g.point, g.place
    from (
      select row(u.*)::_noetl.otlp_data_point as point, row_number() over () as place from unnest(points) as u
    ) as g
    where coalesce((g.point).point ->> 'flags', '0')::bigint & 1 = 0
    order by _noetl.fingerprint(runtime_id, (g.point).metric_type, (g.point).name, (g.point).labels), (g.point).point ->> 'timeUnixNano'
  ) as p
  cross join lateral _noetl.otlp_sample(p.point, runtime_id) as s (sample);
  faults := _noetl.crowded_points(points, samples, places, runtime_id);
  perform _noetl.count_rejected(f.value) from jsonb_each_text(faults) as f;
  for head in 1 .. case when faults = '{}' then coalesce(cardinality(samples), 0) else 0 end by most loop
    answer := _noetl.store_samples(to_jsonb(samples[head : head + most - 1]), true, runtime_id);
    faults := faults || (
      select coalesce(jsonb_object_agg(
        places[head + (r ->> 'index')::integer],
        format('%s: %s: %s', points[places[head + (r ->> 'index')::integer]].name, r ->> 'field', r ->> 'rule')), '{}')
      from jsonb_array_elements(answer -> 'rejected') as r);
  end loop;
  return faults;
end
$$;

comment on function _noetl.store_points(_noetl.otlp_data_point[], bigint) is
  'Stores the data points of one component that have no fault of their own; returns why it could not, a text by the place of each point that is refused. Where there is any, the caller undoes all of it.';
