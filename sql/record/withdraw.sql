create or replace function _noetl.withdraw(name text, labels jsonb default '{}', runtime_id bigint default null)
returns void
language sql
volatile
parallel unsafe
begin atomic
  select noetl.set(name, 'NaN', labels, runtime_id, '{"withdrawn": true}');
end;

comment on function _noetl.withdraw(text, jsonb, bigint) is
  'Takes a gauge off the page, in the caller''s transaction, until it is set again: an absent value says what a frozen one hides.';
