create or replace view _noetl.value_function as
select f.name, f.expression
from (values
  ('abs', 'abs(v)'),
  ('ceil', 'ceil(v)'),
  ('floor', 'floor(v)'),
  ('exp', 'case when v < -745.2 then 0 when v > 709.79 then ''Infinity'' when v < -700 then exp(v / 2) * exp(v / 2) else exp(v) end'),
  ('sqrt', 'case when v < 0 then ''NaN'' else sqrt(v) end'),
  ('ln', 'case when v < 0 then ''NaN'' when v = 0 then ''-Infinity'' else ln(v) end'),
  ('log2', 'case when v < 0 then ''NaN'' when v = 0 then ''-Infinity'' else ln(v) / ln(2::float8) end'),
  ('log10', 'case when v < 0 then ''NaN'' when v = 0 then ''-Infinity'' else log10(v) end'),
  ('sgn', 'case when v = ''NaN'' then v else sign(v) end'),
  ('round', 'floor((v * (1 / a)) + 0.5) / (1 / a)'),
  ('clamp', 'case when v is null or b < a and a <> ''NaN'' then null when v = ''NaN'' or a = ''NaN'' or b = ''NaN'' then ''NaN'' else greatest(a, least(b, v)) end'),
  ('clamp_min', 'case when v is null then null when v = ''NaN'' or a = ''NaN'' then ''NaN'' else greatest(a, v) end'),
  ('clamp_max', 'case when v is null then null when v = ''NaN'' or a = ''NaN'' then ''NaN'' else least(a, v) end'),
  ('deg', '(v * 180::float8) / pi()'),
  ('rad', '(v * pi()) / 180::float8'),
  ('sin', 'case when abs(v) = ''Infinity'' then ''NaN'' else sin(v) end'),
  ('cos', 'case when abs(v) = ''Infinity'' then ''NaN'' else cos(v) end'),
  ('tan', 'case when abs(v) = ''Infinity'' then ''NaN'' else tan(v) end'),
  ('asin', 'case when abs(v) > 1 then ''NaN'' else asin(v) end'),
  ('acos', 'case when abs(v) > 1 then ''NaN'' else acos(v) end'),
  ('atan', 'atan(v)'),
  ('sinh', 'sinh(v)'),
  ('cosh', 'cosh(v)'),
  ('tanh', 'tanh(v)'),
  ('asinh', 'asinh(v)'),
  ('acosh', 'case when v < 1 then ''NaN'' else acosh(v) end'),
  ('atanh', 'case when abs(v) > 1 then ''NaN'' else atanh(v) end'),
  ('timestamp', 'case when v is not null then a end'),
  ('minute', '_noetl.date_part(''minute'', v)'),
  ('hour', '_noetl.date_part(''hour'', v)'),
  ('day_of_week', '_noetl.date_part(''dow'', v)'),
  ('day_of_month', '_noetl.date_part(''day'', v)'),
  ('day_of_year', '_noetl.date_part(''doy'', v)'),
  ('days_in_month', '_noetl.date_part(''days_in_month'', v)'),
  ('month', '_noetl.date_part(''month'', v)'),
  ('year', '_noetl.date_part(''year'', v)')
) as f (name, expression);

comment on view _noetl.value_function is
  'One row is one function of a value v of an instant vector and up to two numbers a and b, as an SQL expression. Arithmetic in it is in brackets throughout, see _noetl.ieee().';
