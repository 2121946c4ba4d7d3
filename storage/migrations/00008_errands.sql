-- +goose Up
-- What a turn at one address wants done at another: the engine runs a turn there, which deletes the row.
CREATE TABLE errands (
    id      BIGINT PRIMARY KEY,
    channel TEXT   NOT NULL,
    chat    TEXT   NOT NULL,
    data    TEXT   NOT NULL,   -- of a button, "conversation:argument"
    at      BIGINT NOT NULL
);

-- +goose Down
DROP TABLE errands;
