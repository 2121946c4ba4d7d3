-- +goose Up
-- The public vote of a competition is from when it takes no entries any more until vote_at.
ALTER TABLE competitions ADD COLUMN vote_at BIGINT NOT NULL DEFAULT 0;        -- 0: there is none
ALTER TABLE competitions ADD COLUMN vote_grace BIGINT NOT NULL DEFAULT 0;     -- as grace_until is to closes_at
ALTER TABLE competitions ADD COLUMN vote_without BIGINT NOT NULL DEFAULT 0;   -- 1: staff leave the votes out that are flagged
ALTER TABLE competitions ADD COLUMN vote_published BIGINT NOT NULL DEFAULT 0; -- when the counts came out; 0: nobody was told any

-- What was counted, and how many of these votes were flagged, since the counts came out.
ALTER TABLE entries ADD COLUMN votes BIGINT NOT NULL DEFAULT 0;
ALTER TABLE entries ADD COLUMN votes_flagged BIGINT NOT NULL DEFAULT 0;

-- Who votes for what: one vote a person and competition. It goes with the person; counts that came out stay.
CREATE TABLE votes (
    competition_id BIGINT NOT NULL REFERENCES competitions (id),
    person_id      BIGINT NOT NULL REFERENCES people (id),
    entry_id       BIGINT NOT NULL,
    first_at       BIGINT NOT NULL,                -- when the person first voted here
    at             BIGINT NOT NULL,                -- when for this entry
    PRIMARY KEY (competition_id, person_id)
);
CREATE INDEX votes_person ON votes (person_id);

-- +goose Down
DROP TABLE votes;
ALTER TABLE entries DROP COLUMN votes_flagged;
ALTER TABLE entries DROP COLUMN votes;
ALTER TABLE competitions DROP COLUMN vote_published;
ALTER TABLE competitions DROP COLUMN vote_without;
ALTER TABLE competitions DROP COLUMN vote_grace;
ALTER TABLE competitions DROP COLUMN vote_at;
