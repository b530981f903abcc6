create or replace function _noetl.running_total(kind text)
returns text
language sql
immutable
parallel safe
return case kind
  when 'fall' then $$array(
        select sum(case when u.v < u.before and u.before <> 'NaN' then u.before else 0 end) over (order by u.place rows unbounded preceding)
        from unnest(s.vals, array_prepend(null, s.vals)) with ordinality as u (v, before, place)
        order by u.place)$$
  when 'resets' then $$array(
        select sum(coalesce((u.v < u.before and u.before <> 'NaN')::integer, 0)::float8) over (order by u.place rows unbounded preceding)
        from unnest(s.vals, array_prepend(null, s.vals)) with ordinality as u (v, before, place)
        order by u.place)$$
  when 'changes' then $$array(
        select sum(coalesce((u.v <> u.before)::integer, 0)::float8) over (order by u.place rows unbounded preceding)
        from unnest(s.vals, array_prepend(null, s.vals)) with ordinality as u (v, before, place)
        order by u.place)$$
end;

comment on function _noetl.running_total(text) is
  'The SQL expression of an array beside the values of a line s: up to each sample the total of what the samples add, for a kind that the view _noetl.range_function names as prefix.';
