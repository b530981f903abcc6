create or replace view _noetl.rejection as
select 'future' as reason, case when s.is_called then s.last_value else 0 end as samples from _noetl.rejected_future as s
union all
select 'time', case when s.is_called then s.last_value else 0 end from _noetl.rejected_time as s
union all
select 'limit', case when s.is_called then s.last_value else 0 end from _noetl.rejected_limit as s
union all
select 'invalid', case when s.is_called then s.last_value else 0 end from _noetl.rejected_invalid as s;

comment on view _noetl.rejection is
  'One row is one reason for which samples are refused, and how many have been. Counted by sequences, whose steps stay when the transaction of the sample is rolled back; a crash of the server may add up to 32.';
comment on column _noetl.rejection.reason is
  'future: dated too far ahead; time: of no moment that could be shown; limit: larger than a setting allows; invalid: anything else.';
