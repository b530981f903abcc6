create or replace function _noetl.placed_fault(fault text, samples _noetl.pushed_sample[], format text)
returns text
language sql
stable
parallel safe
begin atomic
  select case
    when format = 'protobuf' then coalesce((
      select coalesce(s.name || ': ', '') || regexp_replace(placed_fault.fault, '^line \d+: ', '')
      from unnest(samples) as s
      where s.line = substring(placed_fault.fault from '^line (\d+): ')::bigint
      limit 1), regexp_replace(placed_fault.fault, '^line \d+: ', ''))
    else placed_fault.fault
  end;
end;

comment on function _noetl.placed_fault(text, _noetl.pushed_sample[], text) is
  'A fault that names a line, as its sender can find it: in protobuf there are no lines, and the sample is named.';
