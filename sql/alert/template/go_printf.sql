create or replace function _noetl.go_printf(format text, arguments jsonb)
returns text
language plpgsql
immutable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
declare
  part text[];
  argument jsonb;
  used integer := 0;
  piece text;
  result text := '';
begin
  for part in
    select m.part
    from regexp_matches(format, '%([-+ 0#]*)(\d*)(?:\.(\d*))?([a-zA-Z%])|([^%]+|%)', 'g') as m (part)
  loop
    if part[5] is not null or part[4] = '%' then
      result := result || coalesce(part[5], '%');
      continue;
    end if;
    argument := arguments -> used;
    used := used + 1;
    piece := case
      when argument is null then '%!' || part[4] || '(MISSING)'
      when part[4] in ('e', 'f', 'g', 'F', 'G', 'E') and jsonb_typeof(argument) in ('array', 'number') then
        _noetl.go_fixed(_noetl.template_number(argument), part[4], nullif(part[3], '')::integer)
      when part[4] = 'd' and jsonb_typeof(argument) = 'number' then argument #>> '{}'
      when part[4] = 'q' and jsonb_typeof(argument) = 'string' then argument::text
      when part[4] = 's' and jsonb_typeof(argument) in ('string', 'object') or part[4] = 't' and jsonb_typeof(argument) = 'boolean' then
        left(_noetl.template_text(argument), coalesce(nullif(part[3], '')::integer, 1000000))
      when part[4] = 'v' then _noetl.template_text(argument)
      else '%!' || part[4] || '(' || case jsonb_typeof(argument) when 'array' then 'float64' when 'number' then 'int' when 'boolean' then 'bool' else jsonb_typeof(argument) end
        || '=' || _noetl.template_text(argument) || ')'
    end;
    if part[1] ~ '\+' and part[4] in ('d', 'e', 'f', 'g') and piece ~ '^[\dN]' then
      piece := '+' || piece;
    end if;
    result := result || case
      when length(piece) >= coalesce(nullif(part[2], '')::integer, 0) then piece
      when part[1] ~ '-' then rpad(piece, part[2]::integer)
      when part[1] ~ '0' and piece ~ '^-?\d' then left(piece, length(piece) - length(ltrim(piece, '-'))) || lpad(ltrim(piece, '-'), part[2]::integer - length(piece) + length(ltrim(piece, '-')), '0')
      else lpad(piece, part[2]::integer)
    end;
  end loop;
  if used < jsonb_array_length(arguments) then
    result := result || '%!(EXTRA)';
  end if;
  return result;
end
$$;

comment on function _noetl.go_printf(text, jsonb) is
  'Go''s Sprintf over values of a template: %s %q %v %t %d %f %e %g with flags, width and precision. A verb that does not fit its value prints as Go has it, %!d(float64=1.5).';
