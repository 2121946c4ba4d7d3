-- +goose Up
-- Questions of people to staff.
CREATE TABLE requests (
    id         BIGINT PRIMARY KEY,
    code       TEXT   NOT NULL UNIQUE,                   -- YC-2026-0001
    person_id  BIGINT NOT NULL REFERENCES people (id),   -- who asks
    staff_id   BIGINT NOT NULL DEFAULT 0,                -- who took it; 0: nobody
    created_at BIGINT NOT NULL,
    waiting_at BIGINT NOT NULL,                          -- since when who asks waits for an answer; 0: does not
    taken_at   BIGINT NOT NULL DEFAULT 0,
    updated_at BIGINT NOT NULL,                          -- of the last message, or of the end
    closed_at  BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX requests_person ON requests (person_id, id);
CREATE INDEX requests_open ON requests (waiting_at) WHERE closed_at = 0;
CREATE INDEX requests_updated ON requests (updated_at);

-- What was said in a request, by who asks or by staff. Each is a text or a file.
CREATE TABLE request_messages (
    id         BIGINT PRIMARY KEY,
    request_id BIGINT NOT NULL REFERENCES requests (id),
    person_id  BIGINT NOT NULL,                          -- who said it
    text       TEXT   NOT NULL,
    hash       TEXT   REFERENCES files (hash),           -- of the file; NULL: none, or struck
    name       TEXT   NOT NULL,                          -- of the file
    at         BIGINT NOT NULL
);
CREATE INDEX request_messages_request ON request_messages (request_id, id);
CREATE INDEX request_messages_person ON request_messages (person_id);
CREATE INDEX request_messages_hash ON request_messages (hash);

-- +goose Down
DROP TABLE request_messages;
DROP TABLE requests;
