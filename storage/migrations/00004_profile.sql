-- +goose Up
-- What founders complete after the registration: JSON of answers by key, see handlers/founder.
ALTER TABLE startups ADD COLUMN profile TEXT NOT NULL DEFAULT '{}';
-- When the founder last changed something, or said that the startup is active.
ALTER TABLE startups ADD COLUMN updated_at BIGINT NOT NULL DEFAULT 0;
UPDATE startups SET updated_at = created_at;

-- What was changed, by whom. Append only, but for erasure.
CREATE TABLE startup_history (
    id         BIGINT PRIMARY KEY,
    startup_id BIGINT NOT NULL REFERENCES startups (id),
    person_id  BIGINT NOT NULL,
    field      TEXT   NOT NULL,
    old        TEXT   NOT NULL,
    new        TEXT   NOT NULL,
    at         BIGINT NOT NULL
);
CREATE INDEX startup_history_startup ON startup_history (startup_id, id);

-- Contents in FILES_DIR, by their hash.
CREATE TABLE files (
    hash   TEXT   PRIMARY KEY,            -- SHA-256 of the content, hexadecimal
    mime   TEXT   NOT NULL,               -- as the content tells
    size   BIGINT NOT NULL,               -- bytes
    struck BIGINT NOT NULL DEFAULT 0,     -- 1: staff removed the content, and it is not taken again
    at     BIGINT NOT NULL                -- when it last came in
);

-- The files of startups. One content may belong to several, under different names.
CREATE TABLE documents (
    id         BIGINT PRIMARY KEY,
    startup_id BIGINT NOT NULL REFERENCES startups (id),
    hash       TEXT   NOT NULL REFERENCES files (hash),
    person_id  BIGINT NOT NULL REFERENCES people (id),
    name       TEXT   NOT NULL,
    at         BIGINT NOT NULL,
    UNIQUE (startup_id, hash)
);
CREATE INDEX documents_hash ON documents (hash);

-- Keys that the replicas share. Each is made once, at random.
CREATE TABLE secrets (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
);

-- +goose Down
DROP TABLE secrets;
DROP TABLE documents;
DROP TABLE files;
DROP TABLE startup_history;
ALTER TABLE startups DROP COLUMN updated_at;
ALTER TABLE startups DROP COLUMN profile;
