create or replace function _noetl.promql_string_fault(token text)
returns text
language sql
immutable
parallel safe
return case
  when left(token, 1) = '`' then case when token !~ '^`[^`]*`$' then 'unterminated raw string' end
  else (
    select case
      when e.rest is null then case when token !~ ('^.(?:[^\\]|\\.)*' || left(token, 1) || '$') then 'unterminated quoted string' end
      when e.rest ~ '^\\(?:[0-7]{3}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8})'
        then 'escape sequence is an invalid Unicode code point'
      when e.illegal = '' then 'escape sequence not terminated'
      when e.rest ~ '^\\[0-7xuU]' then format('illegal character %s in escape sequence', e.named)
      else format('unknown escape sequence %s', e.named)
    end
    from (
      select r.rest, i.illegal, format('U+%s %s', lpad(upper(to_hex(ascii(i.illegal))), 4, '0'), _noetl.go_quoted(i.illegal, '''')) as named
      from (
        select nullif(regexp_replace(token, '^.(?:[^\\]|\\(?:[abfnrtv\\' || left(token, 1)
          || ']|[0-3][0-7]{2}|x[0-9A-Fa-f]{2}|u(?![dD][89a-fA-F])[0-9A-Fa-f]{4}'
          || '|U0000(?![dD][89a-fA-F])[0-9A-Fa-f]{4}|U00(?:0[1-9a-fA-F]|10)[0-9A-Fa-f]{4}))*', ''), '') as rest
      ) as r
      cross join lateral (
        select left(substr(r.rest, 1 + length(substring(r.rest from
          '^\\(?:[0-7]{0,2}(?![0-7])|x[0-9A-Fa-f]{0,1}(?![0-9A-Fa-f])|u[0-9A-Fa-f]{0,3}(?![0-9A-Fa-f])|U[0-9A-Fa-f]{0,7}(?![0-9A-Fa-f])|)'))), 1) as illegal
      ) as i
    ) as e
  )
end;

comment on function _noetl.promql_string_fault(text) is 'What is wrong with a string of PromQL in its quotes, as Prometheus'' lexer puts it; null: nothing.';
