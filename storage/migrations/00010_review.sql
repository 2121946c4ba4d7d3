-- +goose Up
-- Raised by every change of a startup: what somebody decides about an older one is not taken.
ALTER TABLE startups ADD COLUMN revision BIGINT NOT NULL DEFAULT 0;
-- Since when it waits for staff, by when its founder was promised an answer (0: no promise), and when staff were last told
-- that it waits (0: not yet).
ALTER TABLE startups ADD COLUMN waiting_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE startups ADD COLUMN due_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE startups ADD COLUMN told_at BIGINT NOT NULL DEFAULT 0;
UPDATE startups SET waiting_at = created_at;
-- Code of the startup that stays in the place of one that is merged.
ALTER TABLE startups ADD COLUMN merged_into TEXT NOT NULL DEFAULT '';
CREATE INDEX startups_waiting ON startups (waiting_at, id) WHERE status = 'new';

-- viet.Fold(name), for search; '' for people who were named before there was this column.
ALTER TABLE people ADD COLUMN name_folded TEXT NOT NULL DEFAULT '';

-- What staff decided about startups, with the words that the founder reads. Append only, but for erasure.
CREATE TABLE reviews (
    id         BIGINT PRIMARY KEY,
    startup_id BIGINT NOT NULL REFERENCES startups (id),
    person_id  BIGINT NOT NULL,           -- who decided
    status     TEXT   NOT NULL,           -- confirmed | changes | declined | merged
    field      TEXT   NOT NULL,           -- what is to be corrected, a key of handlers/founder; '' with other statuses
    reason     TEXT   NOT NULL,
    revision   BIGINT NOT NULL,           -- of the startup afterwards
    at         BIGINT NOT NULL
);
CREATE INDEX reviews_startup ON reviews (startup_id, id);

-- +goose Down
DROP TABLE reviews;
ALTER TABLE people DROP COLUMN name_folded;
DROP INDEX startups_waiting;
ALTER TABLE startups DROP COLUMN merged_into;
ALTER TABLE startups DROP COLUMN told_at;
ALTER TABLE startups DROP COLUMN due_at;
ALTER TABLE startups DROP COLUMN waiting_at;
ALTER TABLE startups DROP COLUMN revision;
