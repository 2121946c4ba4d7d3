-- +goose Up
-- The newest place in the log of each web chat: whoever adds holds this row until the entry is committed, so that
-- places become visible in order. A new row begins at the present time, past all places of a log that was erased.
CREATE TABLE web_chats (
    chat TEXT   PRIMARY KEY,             -- hash of the session's token
    last BIGINT NOT NULL
);

-- What was said in web chats; other channels' platforms remember for themselves.
CREATE TABLE web_log (
    chat TEXT   NOT NULL,
    seq  BIGINT NOT NULL,
    key  TEXT   NOT NULL,                -- the same message again is the same entry
    mine BIGINT NOT NULL,                -- 1: by the person
    body TEXT   NOT NULL,                -- JSON of bot.Outgoing
    at   BIGINT NOT NULL,
    PRIMARY KEY (chat, seq),
    UNIQUE (chat, key)
);
CREATE INDEX web_log_at ON web_log (at);

-- +goose Down
DROP TABLE web_log;
DROP TABLE web_chats;
