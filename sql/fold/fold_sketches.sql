create or replace function _noetl.fold_sketches()
returns void
language sql
volatile
parallel unsafe
begin atomic
  insert into _noetl.sketch as k (family_id, series_id, bin, observations)
  select
    u.family_id,
    case u.metric_type when 'summary' then u.series_id else 0 end,
    _noetl.sketch_bin(u.value),
    count(*)
  from _noetl.unfolded_sample as u
  where u.part = 'o'
  group by 1, 2, 3
  on conflict (family_id, series_id, bin) do update set observations = k.observations + excluded.observations;
end;

comment on function _noetl.fold_sketches() is 'Adds the unfolded observations to the sketches. Called by the fold alone.';
