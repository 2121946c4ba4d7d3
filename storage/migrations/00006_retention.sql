-- +goose Up
-- What a dialog holds of its person, so that retention finds what is over; see storage.Held.
ALTER TABLE dialogs ADD COLUMN held TEXT NOT NULL DEFAULT 'hand';
CREATE INDEX dialogs_held ON dialogs (held, updated_at);

-- When everything else about the person was erased: the proof stays for its time from then on. 0: it was not.
ALTER TABLE consents ADD COLUMN erased_at BIGINT NOT NULL DEFAULT 0;
CREATE INDEX consents_erased ON consents (erased_at) WHERE erased_at > 0;

-- +goose Down
DROP INDEX consents_erased;
ALTER TABLE consents DROP COLUMN erased_at;
DROP INDEX dialogs_held;
ALTER TABLE dialogs DROP COLUMN held;
