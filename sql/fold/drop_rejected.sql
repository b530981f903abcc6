create or replace function _noetl.drop_rejected(rejected jsonb)
returns void
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
begin
  perform noetl.inc('noetl_series_rejected_total', jsonb_build_object('metric', r.family), r.samples, 0)
  from (
    select rejected ->> u.series_id::text as family, count(*) as samples
    from _noetl.unread(null) as u
    where rejected ->> u.series_id::text is not null
    group by 1
  ) as r;
  delete from noetl.metric as m
  where m.series_id in (select r.key::bigint from jsonb_each(rejected) as r);
end
$$;

comment on function _noetl.drop_rejected(jsonb) is
  'Deletes the samples of series that were rejected, given as {"<series_id>": "<family>"}, and counts them in noetl_series_rejected_total, unless the family is null.';
