create or replace function _noetl.touched_families()
returns integer[]
language sql
stable
parallel safe
begin atomic
  select u.touched from _noetl.unread_since(null, null, null) as u;
end;

comment on function _noetl.touched_families() is
  'The families of which something is committed that the fold has not read yet, pending ones included; null: there is nothing.';
