-- +goose Up
-- The ledger: one row for each person who is told something that they did not just ask for.
CREATE TABLE deliveries (
    id         BIGINT PRIMARY KEY,
    source     TEXT   NOT NULL,             -- why, with the instant it is about: "review/17/1763800000000"
    person_id  BIGINT NOT NULL,
    queue      BIGINT NOT NULL,             -- 0 reply, 1 reminder, 2 notice; above: the id of an announcement
    channel    TEXT   NOT NULL,             -- chosen when queued, and again when sent
    chat       TEXT   NOT NULL DEFAULT '',  -- where it was sent
    body       TEXT   NOT NULL,             -- JSON of bot.Outgoing; '': the announcement has it
    hours      TEXT   NOT NULL,             -- any | long | day, see storage.Hours
    again      BIGINT NOT NULL,             -- 1: sent again when nobody knows whether it arrived
    not_before BIGINT NOT NULL,
    not_after  BIGINT NOT NULL DEFAULT 0,   -- 0: no end
    state      TEXT   NOT NULL,             -- queued | sending | sent | failed | unreachable | unknown | cancelled | expired
    attempts   BIGINT NOT NULL DEFAULT 0,
    owner      TEXT   NOT NULL DEFAULT '',  -- the process that sends it, or sent it last
    message_id TEXT   NOT NULL DEFAULT '',  -- the platform's
    reason     TEXT   NOT NULL DEFAULT '',  -- why it is in its state
    at         BIGINT NOT NULL,             -- when it came into its state
    UNIQUE (source, person_id)
);
CREATE INDEX deliveries_due ON deliveries (queue, channel, not_before, id) WHERE state = 'queued';
CREATE INDEX deliveries_sending ON deliveries (channel, owner) WHERE state = 'sending';
CREATE INDEX deliveries_person ON deliveries (person_id, at);
CREATE INDEX deliveries_state ON deliveries (queue, state);

-- What is told to many at once.
CREATE TABLE announcements (
    id          BIGINT PRIMARY KEY,
    code        TEXT   NOT NULL UNIQUE,       -- TB-2026-0001
    draft       TEXT   NOT NULL UNIQUE,       -- of the form it came from
    author_id   BIGINT NOT NULL,
    approver_id BIGINT NOT NULL DEFAULT 0,
    category    TEXT   NOT NULL,
    message     TEXT   NOT NULL,              -- JSON of bot.Outgoing
    audience    TEXT   NOT NULL,              -- JSON of storage.Audience
    urgent      BIGINT NOT NULL DEFAULT 0,    -- 1: goes beyond one a day a person, and to 21:30
    state       TEXT   NOT NULL,              -- draft | proposed | sending | paused | cancelled | done
    start_at    BIGINT NOT NULL DEFAULT 0,    -- not before
    created_at  BIGINT NOT NULL,
    finished_at BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX announcements_state ON announcements (state);

-- When the person last said that this is the chat to write to.
ALTER TABLE addresses ADD COLUMN preferred_at BIGINT NOT NULL DEFAULT 0;

-- +goose Down
ALTER TABLE addresses DROP COLUMN preferred_at;
DROP TABLE announcements;
DROP TABLE deliveries;
