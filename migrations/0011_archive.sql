-- The page over time. While a block of hours is open, each scrape appends one row for each bundle of lines; when it is over,
-- the rows are transposed into one compressed chunk for each line.
create table _noetl.line (
  line_id integer generated always as identity primary key,
  name text not null,
  labels jsonb not null,
  digest bytea not null,
  counter boolean not null,
  first_at timestamptz not null,
  last_at timestamptz not null,
  zero_at timestamptz,
  constraint line_has_one_row unique (digest)
) with (fillfactor = 80);

comment on table _noetl.line is 'One row is one line of the page over time: what noetl scraped of itself, recorded by a rule or imported under one name and one set of labels.';
comment on column _noetl.line.labels is 'All labels as strings, le and quantile included, without the name.';
comment on column _noetl.line.digest is 'SHA-256 of name and labels: a key that is short whatever a writer calls his labels, and that nobody can forge.';
comment on column _noetl.line.counter is 'True: a running total, also a bucket, sum or count: it may begin at zero, and thinning keeps its increase.';
comment on column _noetl.line.first_at is 'No sample of the line is older.';
comment on column _noetl.line.last_at is 'No sample of the line is younger; infinity: it is on the page.';
comment on column _noetl.line.zero_at is 'The scrape to which a 0 was added afterwards because the line began right after it; null: none was.';

create index line_name on _noetl.line (name);
create index line_labels on _noetl.line using gin (labels jsonb_path_ops);

create table _noetl.scraper (
  scraper integer primary key,
  what text not null,
  last_at timestamptz,
  scrapes bigint not null default 0,
  constraint scraper_is_called_once unique (what)
) with (fillfactor = 50);

comment on table _noetl.scraper is 'One row is one source of scrapes, whose lines share their times: 0 is the page, others are groups of rules. Its lock makes scrapes follow one another.';
comment on column _noetl.scraper.last_at is 'The time of its last scrape; null: none yet. Of the page, which was empty then, the installation counts as one.';

insert into _noetl.scraper (scraper, what, last_at) values (0, 'page', date_trunc('milliseconds', clock_timestamp()));

create table _noetl.place (
  bundle integer not null,
  place smallint not null,
  scraper integer not null references _noetl.scraper on delete cascade,
  line_id integer references _noetl.line on delete cascade,
  key text,
  live boolean not null default false,
  ended_at timestamptz,
  primary key (bundle, place),
  constraint place_is_in_the_bundle check (place between 1 and 240),
  constraint place_has_a_key check ((line_id is null) = (key is null))
) with (fillfactor = 70);

comment on table _noetl.place is
  'One row is one element of the array that a scrape writes for a bundle of lines, and the line that has it; null: it is free. A place is given to another line only when no row of _noetl.scrape holds anything of the former.';
comment on column _noetl.place.key is 'All of the line before its value, as the page or the rule has it.';
comment on column _noetl.place.live is 'Whether the last scrape had a value here.';
comment on column _noetl.place.ended_at is 'The scrape that last found the line gone; null: none has.';

create index place_line on _noetl.place (line_id);

create table _noetl.scrape (
  bundle integer not null,
  at timestamptz not null,
  vals double precision[] not null,
  ended smallint[],
  primary key (bundle, at)
) with (autovacuum_vacuum_threshold = 1000, autovacuum_analyze_threshold = 10000);
-- as it is in the row: four rows of 240 values fill a page of 8 kB
alter table _noetl.scrape alter column vals set storage plain;

comment on table _noetl.scrape is
  'One row is what one scrape found for one bundle of lines, in a block that is still open. A scrape that did not happen is a row that is not there.';
comment on column _noetl.scrape.vals is 'The value at each place of the bundle, 240 of them; null: no line has the place, or it was not on the page.';
comment on column _noetl.scrape.ended is 'The places whose line this scrape was the first not to find.';

create sequence _noetl.chunk_order;

comment on sequence _noetl.chunk_order is 'The order in which chunks were written: of two samples of one line and time the later one counts.';

create table _noetl.chunk (
  level text not null,
  line_id integer not null,
  from_at timestamptz not null,
  until_at timestamptz not null,
  clock bigint not null,
  written bigint not null default nextval('_noetl.chunk_order'),
  scale smallint,
  first double precision,
  marks double precision[],
  m2 smallint[],
  h1 "char"[],
  o1 "char"[],
  o2 smallint[],
  o4 integer[],
  d2 smallint[],
  d4 integer[],
  d8 bigint[],
  f double precision[],
  falls boolean,
  ended smallint[],
  primary key (line_id, from_at, clock, level),
  constraint chunk_level_is_known check (level in ('full', 'thinned', 'imported'))
) partition by list (level);

comment on table _noetl.chunk is
  'One row is the samples of one line in one block that is closed, or the times that several such rows share (line_id 0). Values are whole numbers at a power of ten, kept as differences in the narrowest type that holds them: from a common number where the line was always there, so that any value is read without those before it, else from the value before; what is no decimal number stays as it is.';
comment on column _noetl.chunk.level is 'full: every scrape; thinned: what is kept of them when they are old; imported: samples that came with times of their own.';
comment on column _noetl.chunk.line_id is 'No foreign key: chunks go with their partition. 0: the times of other chunks of the block, in milliseconds since 1970.';
comment on column _noetl.chunk.from_at is 'Where the block begins.';
comment on column _noetl.chunk.until_at is 'No sample of the chunk is younger.';
comment on column _noetl.chunk.clock is 'Hash of the times: chunks with the same have them in the row of line_id 0 with the same level, from_at and clock.';
comment on column _noetl.chunk.scale is 'How many decimals the values have; null: f holds them.';
comment on column _noetl.chunk.first is 'What o2 or o4 count from, without marks; before d2, d4 or d8 the first value times 10 to the scale; without any of them it is every value.';
comment on column _noetl.chunk.marks is 'What each run of values counts from, 64 of o1, 16 of o2 or o4, times 10 to the scale; null: first is what all count from.';
comment on column _noetl.chunk.m2 is 'Instead of marks: what each run of 8 of o1 counts from, less first.';
comment on column _noetl.chunk.h1 is 'Instead of marks: what each value of o1 counts from, less first, by 256: apart from the low bytes, the high ones are compressed.';
comment on column _noetl.chunk.o1 is 'Each value times 10 to the scale, minus what it counts from; o2 and o4 likewise, where larger numbers need them. The line was there at each of the times.';
comment on column _noetl.chunk.falls is 'Whether a value is lower than the one before it; null: not known.';
comment on column _noetl.chunk.d2 is 'Each value minus the one before it, times 10 to the scale; null at a time at which the line was not there. d4 and d8 likewise, where larger numbers need them.';
comment on column _noetl.chunk.ended is 'The positions among the times at which the line was found to have ended.';

create table _noetl.chunk_full partition of _noetl.chunk for values in ('full') partition by range (from_at);
create table _noetl.chunk_thinned partition of _noetl.chunk for values in ('thinned') partition by range (from_at);
create table _noetl.chunk_imported partition of _noetl.chunk for values in ('imported') partition by range (from_at);
create table _noetl.chunk_full_overflow partition of _noetl.chunk_full default;
create table _noetl.chunk_thinned_overflow partition of _noetl.chunk_thinned default;
create table _noetl.chunk_imported_overflow partition of _noetl.chunk_imported default;

create type _noetl.ending as (place smallint, nth bigint);

comment on type _noetl.ending is 'That the line at a place was found to have ended, by the nth scrape of a block.';

create type _noetl.encoded_values as (
  scale smallint,
  first double precision,
  marks double precision[],
  m2 smallint[],
  h1 "char"[],
  o1 "char"[],
  o2 smallint[],
  o4 integer[],
  d2 smallint[],
  d4 integer[],
  d8 bigint[],
  f double precision[],
  falls boolean
);

comment on type _noetl.encoded_values is 'A list of numbers as _noetl.chunk keeps it; see there.';

create type _noetl.pending_chunk as (
  line_id integer,
  from_at timestamptz,
  at_ms bigint[],
  vals double precision[],
  ended smallint[]
);

comment on type _noetl.pending_chunk is 'The samples of one line in one block, about to become a row of _noetl.chunk.';

create type _noetl.packed_line as (
  name text,
  labels jsonb,
  marks double precision[],
  m2 smallint[],
  h1 "char"[],
  o1 "char"[],
  o2 smallint[],
  o4 integer[]
);

comment on type _noetl.packed_line is 'The samples of a line as its chunks hold them, one behind another; see _noetl.packed_samples().';

-- Without a key, so that nobody waits for another who imports into the same block.
create table _noetl.imported_block (
  from_at timestamptz not null,
  imported_at timestamptz not null default clock_timestamp()
);

comment on table _noetl.imported_block is 'One row is one import into one block, whose chunks of one line are still to be merged.';
