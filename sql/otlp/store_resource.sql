create or replace function _noetl.store_resource(resource _noetl.otlp_resource, points _noetl.otlp_data_point[])
returns jsonb
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
declare
  component bigint;
  has_info boolean := true;
  refused jsonb;
  faults jsonb := jsonb_build_array();
begin
  -- A point that is refused leaves nothing behind, neither its other samples nor what it added to a stream: what it came with
  -- is stored once more, without it.
  while points <> '{}' loop
    begin
      component := _noetl.otlp_component(resource);
      refused := _noetl.store_points(
        points || case when has_info then _noetl.target_info((resource).labels, clock_timestamp()) end, component);
      exit when refused = '{}';
      raise exception 'there are points that are refused' using errcode = 'NI001';
    exception when sqlstate 'NI001' then
      faults := faults || (select jsonb_agg(r.value order by r.key::integer) from jsonb_each(refused) as r);
      has_info := has_info and not refused ? (cardinality(points) + 1)::text;
      points := array(
        select (u.component, u.component_type, u.resource, u.page_labels, u.name, u.metric_type, u.kind, u.delta, u.help, u.unit, u.labels, u.point, u.fault)::_noetl.otlp_data_point
        from (select row_number() over () as place, p.* from unnest(points) as p) as u
        where not refused ? u.place::text
        order by u.place);
    end;
  end loop;
  return faults;
end
$$;

comment on function _noetl.store_resource(_noetl.otlp_resource, _noetl.otlp_data_point[]) is
  'Stores the data points of a resource that have no fault of their own, and its target_info; returns why others were not, an array of texts.';
