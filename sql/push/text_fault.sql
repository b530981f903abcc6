create or replace function _noetl.text_fault(
  family text, metric_type text, part "char", bound double precision, labels jsonb, written_labels text, rest text, value double precision)
returns text
language sql
immutable
parallel safe
-- put together by || and not by format(), which is stable and keeps the planner from inlining this
return case
  when value is null then 'the value must be a number, NaN, +Inf or -Inf, not "' || left(split_part(rest, ' ', 1), 60) || '"'
  -- so long is the object of labels that are written plainly, each once; of others they are counted
  when length(labels::text) <> length(written_labels) + 2 * (length(written_labels) - length(replace(written_labels, '="', ''))) + 1
    and written_labels <> ''
    and regexp_count(written_labels, '=[ \t]*"(?:[^"\\]|\\.)*"') <> _noetl.label_count(labels) then
    'a label is given twice'
  when rest like '% %' then 'must have no timestamp: pushed values are as of now'
  when part = 'o' then 'a sample of the ' || metric_type || ' ' || family || ' must be one of its parts'
  when part = 'b' and bound is null then 'le must be a number'
  when part = 'q' and bound is null then 'quantile, from 0 to 1, must be a number'
  when metric_type not in ('gauge', 'untyped') then substr(_noetl.value_fault(part, metric_type, value), length('metric_value: ') + 1)
end;

comment on function _noetl.text_fault(text, text, "char", double precision, jsonb, text, text, double precision) is
  'Which rule a sample of the text format breaks that can be read; null: none. bound and value: null: they are no numbers.';
