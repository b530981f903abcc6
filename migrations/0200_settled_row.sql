comment on column noetl.metric.xid is
  'The transaction that stored the row: what the fold has not read yet is found by it. 0: a running total that the fold itself stored, or a row that was folded before its day was packed.';
