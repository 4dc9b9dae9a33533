-- Worked out from the record; dropped and made again by a rebuild.
CREATE TABLE made (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
-- a version of a page; address and name are hashes of what it is found by, digest of all that was read
CREATE TABLE document (
  no      INTEGER PRIMARY KEY REFERENCES statement (seq),
  address BLOB NOT NULL,
  name    BLOB NOT NULL,
  digest  BLOB NOT NULL,
  coding  INTEGER REFERENCES statement (seq),
  current INTEGER NOT NULL
) STRICT;
CREATE INDEX document_address ON document (address);
CREATE INDEX document_name ON document (name) WHERE name IS NOT address;
-- what near-copies are recognised by
CREATE TABLE sketch (document INTEGER PRIMARY KEY REFERENCES document (no), hashes BLOB NOT NULL) STRICT;
-- the last word of each coder on each field, and of anybody on each pair
CREATE TABLE decision (
  document INTEGER NOT NULL,
  claim    TEXT NOT NULL,
  field    TEXT NOT NULL,
  coder    TEXT NOT NULL,
  seq      INTEGER NOT NULL REFERENCES statement (seq),
  PRIMARY KEY (document, claim, field, coder)
) STRICT, WITHOUT ROWID;
CREATE TABLE judgement (
  a          TEXT NOT NULL,
  b          TEXT NOT NULL,
  a_document INTEGER,
  b_document INTEGER,
  seq        INTEGER NOT NULL REFERENCES statement (seq),
  PRIMARY KEY (a, b)
) STRICT, WITHOUT ROWID;
CREATE VIRTUAL TABLE words USING fts5 (terms, content = '', detail = none, columnsize = 0, tokenize = "ascii tokenchars '~=_.:/@+#&-'");
INSERT INTO words (words, rank) VALUES ('secure-delete', 1);
