create or replace function _noetl.page_bytes()
returns bigint
language sql
stable
parallel safe
begin atomic
  select
    (select coalesce(sum(octet_length(s.prefix) + 30), 0) from _noetl.state as s)
    + (
      select coalesce(sum((cardinality(d.buckets) + 2) * (octet_length(d.page_labels) + octet_length(f.name) + 60)), 0)
      from _noetl.distribution as d
      join _noetl.family as f using (family_id));
end;

comment on function _noetl.page_bytes() is
  'About how long the lines of the page are if all series of the last fold are on it, in bytes. Of a text only its length is read.';
