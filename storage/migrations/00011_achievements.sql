-- +goose Up
-- How a startup came: '' told in a chat by its founder; 'paper' brought by staff, see storage.OriginPaper.
ALTER TABLE startups ADD COLUMN origin TEXT NOT NULL DEFAULT '';

-- What the plan's targets count: each with its evidence, confirmed by an officer.
CREATE TABLE achievements (
    id           BIGINT PRIMARY KEY,
    code         TEXT   NOT NULL UNIQUE,       -- MC-2026-0001
    draft        TEXT   NOT NULL UNIQUE,       -- of the form it came from
    target       TEXT   NOT NULL,              -- id of a target in storage/plan/catalogue.yaml
    startup_code TEXT   NOT NULL,              -- whose it is; '': nobody's who is registered, then it has a name
    name         TEXT   NOT NULL,
    name_folded  TEXT   NOT NULL,              -- viet.Fold(name)
    achieved_on  TEXT   NOT NULL,              -- 2006-01-02
    document     TEXT   NOT NULL,              -- number of the document that proves it; '': the file alone does
    hash         TEXT   NOT NULL,              -- of the file that proves it, in files; '': none
    file_name    TEXT   NOT NULL,
    person_id    BIGINT NOT NULL,              -- who confirmed it
    at           BIGINT NOT NULL
);
CREATE INDEX achievements_target ON achievements (target, achieved_on);
CREATE INDEX achievements_hash ON achievements (hash) WHERE hash <> '';

-- +goose Down
DROP TABLE achievements;
ALTER TABLE startups DROP COLUMN origin;
