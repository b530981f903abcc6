create or replace function _noetl.countable_library(library jsonb)
returns jsonb
language sql
volatile
parallel unsafe
begin atomic
  select coalesce(
    (
      select case when f.relation is null then library #- '{tables,0,jobs,other}' else jsonb_set(library, '{tables,0,jobs,other,relation}', to_jsonb(f.relation)) end
      from _noetl.job_branch(library) as b
      cross join lateral (select _noetl.found_rows(b) as relation offset 0) as f
      where b.kind = 'other' and library @? '$.tables[*].jobs.other'
    ),
    library);
end;

comment on function _noetl.countable_library(jsonb) is
  'A queue''s library as a reading that counts has it: without jobs in no named status, if nothing finds them but reading all of a large table.';
