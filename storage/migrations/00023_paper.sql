-- +goose Up
-- What staff took the scores of a reading from, when they entered them in the juror's name.
CREATE TABLE score_papers (
    reading_id BIGINT PRIMARY KEY REFERENCES readings (id) ON DELETE CASCADE,
    document   TEXT   NOT NULL,               -- number and day of the minutes; '': there is a scan
    hash       TEXT   REFERENCES files (hash), -- of the scan of what the juror signed; NULL: none
    person_id  BIGINT NOT NULL,               -- who entered them
    at         BIGINT NOT NULL
);
CREATE INDEX score_papers_hash ON score_papers (hash);

ALTER TABLE entries ADD COLUMN received_at BIGINT NOT NULL DEFAULT 0; -- when it came on paper; 0: it did not

-- +goose Down
ALTER TABLE entries DROP COLUMN received_at;
DROP TABLE score_papers;
