create or replace function _noetl.bucket_rank(edge double precision, bounds double precision[], counts double precision[])
returns double precision
language plpgsql
immutable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
declare
  buckets constant integer := cardinality(bounds);
  -- what the first bucket begins with, and how many are in the buckets before
  lower_bound double precision := case when bounds[1] > 0 then 0::double precision else '-Infinity' end;
  rank double precision := 0;
begin
  for i in 1..buckets loop
    if lower_bound >= edge then
      return least(rank, counts[buckets]);
    elsif bounds[i] > edge then
      return least(rank + (counts[i] - rank) * ((edge - lower_bound) / (bounds[i] - lower_bound)), counts[buckets]);
    end if;
    lower_bound := bounds[i];
    rank := counts[i];
  end loop;
  return counts[buckets];
end
$$;

comment on function _noetl.bucket_rank(double precision, double precision[], double precision[]) is
  'How many of a histogram''s observations lie below an edge, for those ascending upper bounds and cumulative counts: linear inside a bucket.';
