create or replace function _noetl.change_buckets(family_id integer, bounds double precision[])
returns void
language sql
volatile
parallel unsafe
begin atomic
  update _noetl.distribution as d
  set buckets = _noetl.rebucketed(d.buckets, f.buckets, bounds), exemplars = '{}'
  from _noetl.family as f, _noetl.series as s
  where f.family_id = change_buckets.family_id and s.family_id = f.family_id and d.series_id = s.series_id;
  update _noetl.family as f set buckets = bounds where f.family_id = change_buckets.family_id;
end;

comment on function _noetl.change_buckets(integer, double precision[]) is
  'Gives a histogram new bucket bounds and moves what it has counted. The caller holds the fold lock and has folded.';
