-- +goose Up
-- One-time codes; only a hash is kept. They take the place of invitations: one not used yet is made anew.
DROP TABLE invitations;
CREATE TABLE codes (
    key        TEXT   PRIMARY KEY,         -- half of the SHA-256 of the code
    kind       TEXT   NOT NULL,            -- invite | join | guardian
    data       TEXT   NOT NULL,            -- what it is bound to: a role, or the address that asked for it
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at    BIGINT NOT NULL DEFAULT 0   -- 0: not used
);
CREATE INDEX codes_expiry ON codes (expires_at);

-- How many wrong codes came in each hour from each source, and in all.
CREATE TABLE wrong_codes (
    source TEXT   NOT NULL,                -- an address, "ip:" and an IP address, or "all"
    hour   BIGINT NOT NULL,                -- since 1970
    count  BIGINT NOT NULL,
    PRIMARY KEY (source, hour)
);

-- Whoever is known to be under 16; nothing of theirs is ever public.
ALTER TABLE people ADD COLUMN minor BIGINT NOT NULL DEFAULT 0;

-- Who agreed for somebody under 16.
CREATE TABLE guardians (
    id         BIGINT PRIMARY KEY,
    person_id  BIGINT NOT NULL REFERENCES people (id),  -- the child
    name       TEXT   NOT NULL,
    phone      TEXT   NOT NULL,            -- E.164
    paper_date TEXT   NOT NULL,            -- of a consent on paper, 2006-01-02; '': given in a chat
    consent_id BIGINT NOT NULL,            -- the proof, in consents
    at         BIGINT NOT NULL
);
CREATE INDEX guardians_person ON guardians (person_id);

-- +goose Down
DROP TABLE guardians;
ALTER TABLE people DROP COLUMN minor;
DROP TABLE wrong_codes;
DROP TABLE codes;
CREATE TABLE invitations (
    hash       TEXT   PRIMARY KEY,
    role       TEXT   NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_by    BIGINT REFERENCES people (id),
    used_at    BIGINT
);
