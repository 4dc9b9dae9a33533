-- The record. Statements are only ever added; a key can only be deleted, after a statement of its erasure.
CREATE TABLE statement (
  seq        INTEGER PRIMARY KEY,
  kind       TEXT NOT NULL,
  who        TEXT NOT NULL,
  at         TEXT NOT NULL,
  document   INTEGER REFERENCES statement (seq),
  open       TEXT,
  commitment BLOB,
  sealed     BLOB,
  hash       BLOB NOT NULL
) STRICT;
CREATE INDEX statement_document ON statement (document) WHERE document IS NOT NULL;
CREATE TRIGGER statement_follows BEFORE INSERT ON statement
  WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM statement)
  BEGIN SELECT raise(ABORT, 'a statement follows the last one'); END;
CREATE TRIGGER statement_stays BEFORE UPDATE ON statement
  BEGIN SELECT raise(ABORT, 'a statement is never changed'); END;
CREATE TRIGGER statement_remains BEFORE DELETE ON statement
  BEGIN SELECT raise(ABORT, 'a statement is never deleted'); END;

CREATE TABLE key (
  document INTEGER PRIMARY KEY REFERENCES statement (seq),
  key      BLOB NOT NULL
) STRICT;
CREATE TRIGGER key_stays BEFORE UPDATE ON key
  BEGIN SELECT raise(ABORT, 'a key is never changed'); END;
CREATE TRIGGER key_of_erased BEFORE DELETE ON key
  WHEN NOT EXISTS (SELECT 1 FROM statement WHERE kind = 'erasure' AND document = OLD.document)
  BEGIN SELECT raise(ABORT, 'a key is deleted only after a statement of its erasure'); END;
