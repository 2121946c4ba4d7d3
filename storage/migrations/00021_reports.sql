-- +goose Up
-- What staff wrote for the consolidated report of a year. The rest of it is made of what agencies sent, each time anew.
CREATE TABLE report_texts (
    year      BIGINT NOT NULL,
    part      TEXT   NOT NULL,             -- overview | conclusions | task 1.3
    text      TEXT   NOT NULL,
    person_id BIGINT NOT NULL,             -- who wrote it last
    at        BIGINT NOT NULL,
    PRIMARY KEY (year, part)
);

-- Reports that staff sent: until then they are marked as drafts.
CREATE TABLE report_sendings (
    year      BIGINT PRIMARY KEY,
    document  TEXT   NOT NULL,             -- its number and day
    person_id BIGINT NOT NULL,             -- who marked it
    at        BIGINT NOT NULL
);

-- +goose Down
DROP TABLE report_sendings;
DROP TABLE report_texts;
