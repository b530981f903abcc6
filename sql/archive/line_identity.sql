create or replace function _noetl.line_identity(keys text[])
returns table (key text, nth bigint, name text, labels jsonb)
language sql
immutable
parallel safe
rows 100
begin atomic
  select k.key, k.nth, split_part(k.key, '{', 1),
    -- an empty label is an absent one
    case
      when w.written like '%=""%' then _noetl.full_labels(_noetl.any_text_labels(w.written))
      else _noetl.text_labels(w.written, w.written ~ '^[a-zA-Z0-9_]+="[^"\\=,[:cntrl:]]*"(?:,[a-zA-Z0-9_]+="[^"\\=,[:cntrl:]]*")*$')
    end
  from unnest(keys) with ordinality as k (key, nth)
  cross join lateral (select substr(k.key, strpos(k.key || '{', '{') + 1, greatest(length(k.key) - strpos(k.key || '{', '{') - 1, 0)) as written) as w;
end;

comment on function _noetl.line_identity(text[]) is
  'Name and labels of lines of which this is all that stands before their values, as _noetl.page_prefix() writes it.';
