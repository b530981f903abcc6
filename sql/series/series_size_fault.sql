create or replace function _noetl.series_size_fault(metric_name text, labels jsonb, most _noetl.intake_limit)
returns text
language sql
immutable
parallel safe
begin atomic
  select case
    when octet_length(metric_name) > most.name_bytes then
      format('metric_name: has %s bytes, of at most %s (the setting max_name_bytes)', octet_length(metric_name), most.name_bytes)
    when l.labels > most.labels then
      format('labels: are %s, of at most %s (the setting max_labels)', l.labels, most.labels)
    when l.longest_name > most.name_bytes then
      format('labels: a name has %s bytes, of at most %s (the setting max_name_bytes)', l.longest_name, most.name_bytes)
    when l.longest_value > most.label_value_bytes then
      format('labels: a value has %s bytes, of at most %s (the setting max_label_value_bytes)', l.longest_value, most.label_value_bytes)
    when l.bytes > most.labels_bytes then
      format('labels: have %s bytes, of at most %s (the setting max_labels_bytes)', l.bytes, most.labels_bytes)
  end
  from (
    select count(*) as labels, max(octet_length(each.key)) as longest_name, max(octet_length(each.value)) as longest_value,
      sum(octet_length(each.key) + coalesce(octet_length(each.value), 0)) as bytes
    from jsonb_each_text(case jsonb_typeof(labels) when 'object' then labels else '{}' end) as each
  ) as l;
end;

comment on function _noetl.series_size_fault(text, jsonb, _noetl.intake_limit) is
  'Which limit the name or the labels of a series exceed, as "field: rule"; null: none.';
