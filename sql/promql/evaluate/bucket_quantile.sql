create or replace function _noetl.bucket_quantile(phi double precision, bounds double precision[], counts double precision[], node jsonb)
returns double precision
language plpgsql
stable
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
declare
  buckets constant integer := cardinality(bounds);
  place integer := 1;
  rank double precision;
begin
  case
    when phi = 'NaN' or buckets < 2 or bounds[buckets] <> 'Infinity' then return 'NaN'::double precision;
    when phi < 0 then return '-Infinity'::double precision;
    when phi > 1 then return 'Infinity'::double precision;
    else null;
  end case;
  if exists (select from unnest(counts, counts[2:]) as u (count, next) where u.next <> u.count and not u.next - u.count > 1e-12 * (abs(u.next) + abs(u.count))) then
    -- what only rounding let differ is the same
    for i in 2..buckets loop
      if abs(counts[i] - counts[i - 1]) <= 1e-12 * (abs(counts[i]) + abs(counts[i - 1])) then
        counts[i] := counts[i - 1];
      end if;
    end loop;
    -- and what decreases does not
    for i in 2..buckets loop
      if counts[i] < counts[i - 1] then
        perform _noetl.note_promql('PromQL info: input to histogram_quantile needed to be fixed for monotonicity (see https://prometheus.io/docs/prometheus/latest/querying/functions/#histogram_quantile)', node);
        counts[i] := counts[i - 1];
      end if;
    end loop;
  end if;
  if counts[buckets] = 0 or counts[buckets] = 'NaN' then
    return 'NaN'::double precision;
  end if;
  rank := phi * counts[buckets];
  while place < buckets and not counts[place] >= rank loop
    place := place + 1;
  end loop;
  case
    when place = buckets then return bounds[buckets - 1];
    when place = 1 and bounds[1] <= 0 then return bounds[1];
    when place = 1 then return bounds[1] * (rank / nullif(counts[1], 0));
    else return bounds[place - 1] + (bounds[place] - bounds[place - 1]) * ((rank - counts[place - 1]) / (counts[place] - counts[place - 1]));
  end case;
end
$$;

comment on function _noetl.bucket_quantile(double precision, double precision[], double precision[], jsonb) is
  'The quantile of a histogram with those ascending upper bounds and cumulative counts: linear inside a bucket, the highest finite bound if it falls into the last, NaN if the last is not +Inf or nothing was counted. The node is what an info is about.';
