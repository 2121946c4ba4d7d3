-- +goose Up
-- The code of the event that an announcement invites to; '': none. What is not sent yet is taken back when the event changes.
ALTER TABLE announcements ADD COLUMN event TEXT NOT NULL DEFAULT '';
CREATE INDEX announcements_event ON announcements (event) WHERE event <> '';

-- +goose Down
DROP INDEX announcements_event;
ALTER TABLE announcements DROP COLUMN event;
