create or replace function _noetl.prometheus_duration(duration interval)
returns text
language sql
immutable
parallel safe
begin atomic
  select case
    when d.milliseconds % 3600000 = 0 and d.milliseconds > 0 then d.milliseconds / 3600000 || 'h'
    when d.milliseconds % 60000 = 0 and d.milliseconds > 0 then d.milliseconds / 60000 || 'm'
    when d.milliseconds % 1000 = 0 then d.milliseconds / 1000 || 's'
    else d.milliseconds || 'ms'
  end
  from (select (extract(epoch from duration) * 1000)::bigint as milliseconds) as d;
end;

comment on function _noetl.prometheus_duration(interval) is 'A duration as Prometheus writes it, in one unit: 30s, 5m, 1h.';
