create or replace function _noetl.match_parameter(form jsonb, required boolean default false)
returns setof jsonb
language plpgsql
stable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
declare
  selector text;
  tree jsonb;
begin
  if required and coalesce(form -> 'match[]', '[]') = '[]' then
    raise exception 'no match[] parameter provided' using errcode = 'NP001';
  end if;
  for selector in select s.written from jsonb_array_elements_text(coalesce(form -> 'match[]', '[]')) as s (written) loop
    tree := noetl.parse_promql(selector);
    if tree ->> 'type' <> 'vectorSelector' or tree -> 'offset' <> '0' or coalesce(tree ->> 'timestamp', tree ->> 'startOrEnd') is not null then
      perform _noetl.raise_promql(selector, 0, 'not a series selector');
    end if;
    return next tree -> 'matchers';
  end loop;
exception
  when sqlstate 'NP001' then
    if sqlerrm like 'no match%' then
      raise;
    end if;
    perform _noetl.raise_parameter('match[]', case
      when sqlerrm like '%must contain at least one non-empty matcher' then 'match[] must contain at least one non-empty matcher' else sqlerrm end);
end
$$;

comment on function _noetl.match_parameter(jsonb, boolean) is
  'The matchers of each series selector among the parameters match[] of a form. What is none is an error (NP001), as is none at all where one is required.';
