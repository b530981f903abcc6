create or replace aggregate _noetl.concatenated(anycompatiblearray) (
  sfunc = array_cat,
  stype = anycompatiblearray,
  parallel = safe
);

comment on aggregate _noetl.concatenated(anycompatiblearray) is 'Arrays one behind another, in the order in which they are aggregated.';
