create or replace function _noetl.earliest_later(branch _noetl.job_branch, library jsonb, condition text)
returns text
language sql
stable
parallel safe
begin atomic
  select string_agg(
    format('(select min(%1$s) from %2$s and %3$s <= least(%4$s, (select %1$s from %2$s and %3$s <= %4$s order by %3$s limit 1)))',
      _noetl.zoned(format('greatest(%s, %s)', (branch).created, (branch).due), (branch).zone), f.rows, (branch).due,
      _noetl.zoned('$1', (branch).zone)), ', ')
  from _noetl.key_condition(branch, library) as k (of_key)
  cross join lateral format('%s as %s where %s and %s > ''-infinity'' and %s%s',
    (branch).relation, (branch).alias, (branch).condition, (branch).due, condition, k.of_key) as f (rows)
  where (branch).due is not null;
end;

comment on function _noetl.earliest_later(_noetl.job_branch, jsonb, text) is
  'Subqueries for the least of the later of when a job was queued and when it was due, of those jobs of a branch that are due: no other than those that were due before the first of them could be taken can be earlier, so that an index on the time when jobs are due answers.';
