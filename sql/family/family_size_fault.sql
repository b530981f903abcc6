create or replace function _noetl.family_size_fault(
  name text, help text, unit text, buckets double precision[], quantiles double precision[], most _noetl.intake_limit)
returns text
language sql
immutable
parallel safe
return coalesce(
  replace(_noetl.series_size_fault(name, '{}', most), 'metric_name: ', 'name: '),
  replace(_noetl.sample_size_fault(help, unit, null, most), 'help_text: ', 'help: '),
  case
    when cardinality(buckets) > most.buckets then
      format('buckets: are %s, of at most %s (the setting max_buckets)', cardinality(buckets), most.buckets)
    when cardinality(quantiles) > most.buckets then
      format('quantiles: are %s, of at most %s (the setting max_buckets)', cardinality(quantiles), most.buckets)
  end);

comment on function _noetl.family_size_fault(text, text, text, double precision[], double precision[], _noetl.intake_limit) is
  'Which limit a declaration exceeds, as "field: rule"; null: none.';
