-- +goose Up
CREATE TABLE counters (
    name  TEXT   PRIMARY KEY,
    value BIGINT NOT NULL
);

CREATE TABLE startups (
    id          BIGINT PRIMARY KEY,
    code        TEXT   NOT NULL UNIQUE,      -- KN-2026-0001
    draft       TEXT   NOT NULL UNIQUE,      -- one form filled in becomes one startup, however often it is sent
    person_id   BIGINT NOT NULL REFERENCES people (id),
    name        TEXT   NOT NULL,
    name_folded TEXT   NOT NULL,             -- viet.Fold(name), for search and likeness
    place       TEXT   NOT NULL,             -- a commune's code, or one of storage.Place…
    field       TEXT   NOT NULL,
    stage       TEXT   NOT NULL,
    status      TEXT   NOT NULL,             -- new | withdrawn
    twin        TEXT   NOT NULL DEFAULT '',  -- code of an earlier startup that this may repeat; for staff to judge
    created_at  BIGINT NOT NULL
);
CREATE INDEX startups_person ON startups (person_id, id);
CREATE INDEX startups_name ON startups (name_folded);

-- +goose Down
DROP TABLE startups;
DROP TABLE counters;
