-- +goose Up
-- The answers of the form that an announcement came from, JSON by key: for correcting it before it is sent.
ALTER TABLE announcements ADD COLUMN answers TEXT NOT NULL DEFAULT '{}';
-- Raised by every correction: what somebody decides about an older text is not taken.
ALTER TABLE announcements ADD COLUMN revision BIGINT NOT NULL DEFAULT 0;
-- The hash of the content that goes with the message, kept as long as the announcement; '': none.
ALTER TABLE announcements ADD COLUMN file TEXT NOT NULL DEFAULT '';
CREATE INDEX announcements_file ON announcements (file) WHERE file <> '';
-- Of which end (finished_at) the author was told; 0: of none.
ALTER TABLE announcements ADD COLUMN told_at BIGINT NOT NULL DEFAULT 0;

-- +goose Down
ALTER TABLE announcements DROP COLUMN told_at;
DROP INDEX announcements_file;
ALTER TABLE announcements DROP COLUMN file;
ALTER TABLE announcements DROP COLUMN revision;
ALTER TABLE announcements DROP COLUMN answers;
