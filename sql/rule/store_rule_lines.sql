create or replace function _noetl.store_rule_lines(wanted _noetl.rule, at timestamptz, names text[], label_sets jsonb[], "values" double precision[])
returns void
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  own_scraper integer := (select s.scraper from _noetl.rule_state as s where s.rule = wanted.rule);
begin
  if own_scraper is null then
    if names = '{}' then
      return;
    end if;
    insert into _noetl.scraper (scraper, what)
    select max(s.scraper) + 1, wanted.rule from _noetl.scraper as s
    returning scraper into own_scraper;
    update _noetl.rule_state as s set scraper = own_scraper where s.rule = wanted.rule;
  end if;
  delete from _noetl.rule_sample as s where s.rule = wanted.rule;
  insert into _noetl.rule_sample (rule, name, labels, value)
  select wanted.rule, l.name, l.labels, l.value
  from unnest(names, label_sets, "values") as l (name, labels, value);
  perform _noetl.store_scrape(
    own_scraper, store_rule_lines.at,
    array(select _noetl.line_key(l.name, l.labels) from unnest(names, label_sets) with ordinality as l (name, labels, nth) order by l.nth), "values",
    array_fill(false, array[cardinality(names)]));
end
$$;

comment on function _noetl.store_rule_lines(_noetl.rule, timestamptz, text[], jsonb[], double precision[]) is
  'Puts what a rule yielded on the page, in place of what it had there, and into the archive at the time of the evaluation; lines that are not among it any more end there.';
