create or replace function _noetl.rendered_texts(templates jsonb, labels jsonb, value double precision)
returns jsonb
language plpgsql
stable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
declare
  data jsonb := jsonb_build_object(
    'labels', labels, 'value', jsonb_build_array(value::text),
    'externalLabels', (select s.value::jsonb from noetl.setting as s where s.name = 'external_labels'),
    'externalURL', (select s.value from noetl.setting as s where s.name = 'external_url'));
  template record;
  rendered jsonb := '{}'::jsonb;
begin
  for template in select t.key, t.value from jsonb_each(templates) as t loop
    begin
      rendered := rendered || jsonb_build_object(template.key, _noetl.render_template(template.value, data));
    exception
      when others then
        -- as Prometheus has it: one text that cannot be rendered is no reason to be silent
        rendered := rendered || jsonb_build_object(template.key, format('<error expanding template: %s>', sqlerrm));
    end;
  end loop;
  return rendered;
end
$$;

comment on function _noetl.rendered_texts(jsonb, jsonb, double precision) is
  'The labels or annotations of a rule, {name: parsed template}, for one series and its value. A text that fails says so in its place.';
