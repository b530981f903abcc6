create or replace function _noetl.bucket_bound(le text)
returns double precision
language sql
immutable
parallel safe
return case when le ~* '^[-+]?(inf(inity)?|(\d+\.?\d*|\.\d+)(e[-+]?\d{1,3})?)$' and le !~* 'e\+?(309|3[1-9]|[4-9]\d\d)' then le::double precision end;

comment on function _noetl.bucket_bound(text) is 'The upper bound of a bucket, from its label le; null: it is none.';
