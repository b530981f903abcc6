create or replace function _noetl.option_expression(relation regclass, expression text)
returns text
language sql
stable
parallel safe
return case when _noetl.has_column(relation, expression) then quote_ident(expression) else '(' || expression || ')' end;

comment on function _noetl.option_expression(regclass, text) is 'A column of the table by its plain name, or else an expression over its columns.';
