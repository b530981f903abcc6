create or replace function _noetl.evaluate_labels(node jsonb, steps _noetl.promql_steps)
returns table (name text, labels jsonb, vals double precision[])
language plpgsql
stable
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
declare
  func constant text := node #>> '{func,name}';
  -- the vector, and the texts that follow it
  texts constant text[] := array(select _noetl.without_parens(a.arg) ->> 'val' from jsonb_array_elements(node -> 'args') with ordinality as a (arg, place) where a.place > 1 order by a.place);
  label constant text := texts[1];
  expression text;
begin
  if '' = any (case func when 'label_join' then texts[3:] || label else array[label] end) then
    raise exception '%', case when label = '' then format('invalid destination label name in %s(): ', func) else 'invalid source label name in label_join(): ' end
      using errcode = 'NP002';
  end if;
  if func = 'label_replace' then
    begin
      perform _noetl.re2(texts[4]);
    exception when invalid_regular_expression then
      raise exception 'invalid regular expression in label_replace(): %', texts[4] using errcode = 'NP002';
    end;
  end if;
  expression := case func
    when 'label_replace' then '_noetl.replaced_label(m.metric ->> $3[3], $3[4], $3[2], m.metric ->> $3[1])'
    else '(select string_agg(coalesce(m.metric ->> s.label, ''''), $3[2] order by s.place) from unnest($3[3:]) with ordinality as s (label, place))'
  end;
  return query execute _noetl.merge_statement(format($sql$
      select x.metric ->> '__name__' as name, x.metric - '__name__' as labels, x.vals
      from (
        select m.metric - $3[1] || jsonb_strip_nulls(jsonb_build_object($3[1], nullif(%s, ''))) as metric, m.vals
        from (
          select case when c.name is null then c.labels else c.labels || jsonb_build_object('__name__', c.name) end as metric, c.vals
          from _noetl.evaluate_node($1 #> '{args,0}', $2) as c
        ) as m
      ) as x
    $sql$, expression))
    using node, steps, texts;
end
$$;

comment on function _noetl.evaluate_labels(jsonb, _noetl.promql_steps) is 'What label_replace() and label_join() give: a vector with one label set anew. Error (NP002): two series then have the same labels and a value at the same step.';
