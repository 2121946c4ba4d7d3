-- +goose Up
-- What platforms let us act with: tokens of which each works once, for the next. The value is for the channel to read.
CREATE TABLE grants (
    name       TEXT   PRIMARY KEY,
    value      TEXT   NOT NULL,
    changed_at BIGINT NOT NULL
);

-- +goose Down
DROP TABLE grants;
