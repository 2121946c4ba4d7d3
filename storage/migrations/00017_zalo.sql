-- +goose Up
-- What platforms keep of ours for some days, by its content, so that a file for many people is uploaded once.
CREATE TABLE uploads (
    account TEXT   NOT NULL,   -- whose the ids are: "zalo/" and the id of the app
    content TEXT   NOT NULL,   -- kind and SHA-256
    id      TEXT   NOT NULL,   -- the platform's
    at      BIGINT NOT NULL,
    PRIMARY KEY (account, content)
);
CREATE INDEX uploads_at ON uploads (at);

-- How many messages were sent, where a platform counts them. A chat is a keyed hash: it can be told from others, no more.
CREATE TABLE message_counts (
    channel  TEXT   NOT NULL,
    hour     BIGINT NOT NULL,   -- since 1970
    whom     TEXT   NOT NULL,   -- a keyed hash of the chat
    messages BIGINT NOT NULL,
    PRIMARY KEY (channel, hour, whom)
);

-- The day on which staff last heard of something that only people can mend.
CREATE TABLE alarms (
    name TEXT PRIMARY KEY,
    day  TEXT NOT NULL          -- 2026-11-22, in the time of the province
);

-- Where a human answers a request by hand, with the platform's own tools; '': nowhere.
ALTER TABLE requests ADD COLUMN taken_on TEXT NOT NULL DEFAULT '';

-- +goose Down
ALTER TABLE requests DROP COLUMN taken_on;
DROP TABLE alarms;
DROP TABLE message_counts;
DROP TABLE uploads;
