-- +goose Up
-- Where a conversation stands. With Redis this follows within about a second; without it, this is the truth.
CREATE TABLE dialogs (
    channel    TEXT   NOT NULL,
    chat       TEXT   NOT NULL,
    epoch      BIGINT NOT NULL,            -- greater after each recovery; (epoch, version) only grows
    version    BIGINT NOT NULL,
    state      TEXT   NOT NULL,            -- JSON, see storage.Dialog
    unsent_at  BIGINT NOT NULL DEFAULT 0,  -- when replies not yet sent may be taken over; 0: none
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (channel, chat)
);
CREATE INDEX dialogs_unsent ON dialogs (unsent_at) WHERE unsent_at > 0;

-- Updates that failed three times, kept for repair.
CREATE TABLE dead_updates (
    channel   TEXT   NOT NULL,
    chat      TEXT   NOT NULL,
    update_id TEXT   NOT NULL,
    body      TEXT   NOT NULL,             -- JSON of bot.Incoming
    error     TEXT   NOT NULL,
    at        BIGINT NOT NULL,
    PRIMARY KEY (channel, chat, update_id)
);

-- +goose Down
DROP TABLE dead_updates;
DROP TABLE dialogs;
