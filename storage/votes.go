package storage

import (
	"context"
	"crypto/sha256"
	"encoding/base32"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/jmoiron/sqlx"

	"khoinghiep/bot"
)

// Vote is what one person votes for in a competition: a person has one vote there, in all their chats. Nobody is told any
// count before the counts come out, but staff once the vote is over.
type Vote struct {
	Entry   int64 `db:"entry_id"`
	FirstAt int64 `db:"first_at"` // when the person first voted in this competition, Unix milliseconds, as all below
	At      int64 // when for this entry
	KnownAt int64 `db:"known_at"` // since when the person is known here
}

// VoteCount is what was counted for an entry.
type VoteCount struct {
	Entry          int64
	Votes, Flagged int
}

// Why a vote is not taken.
var (
	ErrNoVote   = errors.New("the public does not vote on this entry")
	ErrVoteOver = errors.New("the public vote is over")
)

// voteCodeLength is how many characters follow "BC-": enough to tell some thousand entries apart, and short enough to type.
const voteCodeLength = 7

// VoteCode is by what the public knows the entry. It tells nothing of its code: some juries read an entry under that without
// its name.
func (e Entry) VoteCode() string {
	sum := sha256.Sum256([]byte(strconv.FormatInt(e.ID, 10)))
	return "BC-" + base32.StdEncoding.EncodeToString(sum[:])[:voteCodeLength]
}

// CountedVotes is how many votes count for the entry, once the counts came out.
func (e Entry) CountedVotes(c Competition) int64 {
	if c.VoteWithout {
		return e.Votes - e.Flagged
	}
	return e.Votes
}

// votable is what the public votes on once no entries are taken: what was submitted and is still in the competition. Nothing of somebody under 16 is public.
const votable = `state = 'submitted' AND competition_id IN (SELECT c.id FROM competitions c WHERE c.vote_at > 0 AND c.grace_until > 0 AND entries.round > c.published)
	AND NOT EXISTS (SELECT 1 FROM people p WHERE p.id = entries.person_id AND p.minor = 1)`

// VotableEntries lists what the public votes on in a competition, in the order in which it was begun.
func VotableEntries(ctx context.Context, tx *Tx, competition int64) ([]Entry, error) {
	list := []Entry{}
	err := tx.SelectContext(ctx, &list, `SELECT `+entryColumns+` FROM entries WHERE competition_id = $1 AND `+votable+` ORDER BY id`, competition)
	return list, wrap("list entries to vote on", err)
}

// VotableEntry finds an entry that the public votes on, or voted on, with its competition. It fails with ErrNoVote.
func VotableEntry(ctx context.Context, tx *Tx, id int64) (e Entry, c Competition, err error) {
	return votableEntry(ctx, tx, id)
}

// FindVotable is VotableEntry by the public's code.
func FindVotable(ctx context.Context, tx *Tx, code string) (e Entry, c Competition, err error) {
	return findVotable(ctx, tx, code)
}

// VotableAt is FindVotable outside of a transaction.
func (s *Store) VotableAt(ctx context.Context, code string) (e Entry, c Competition, err error) {
	return findVotable(ctx, s.read, code)
}

func findVotable(ctx context.Context, q sqlx.QueryerContext, code string) (e Entry, c Competition, err error) {
	ids := []int64{}
	if err := sqlx.SelectContext(ctx, q, &ids, `SELECT id FROM entries WHERE `+votable); err != nil {
		return e, c, fmt.Errorf("list entries to vote on: %w", err)
	}
	for _, id := range ids {
		if (Entry{ID: id}).VoteCode() == code {
			return votableEntry(ctx, q, id)
		}
	}
	return e, c, ErrNoVote
}

func votableEntry(ctx context.Context, q sqlx.QueryerContext, id int64) (e Entry, c Competition, err error) {
	ok, err := found(sqlx.GetContext(ctx, q, &e, `SELECT `+entryColumns+` FROM entries WHERE id = $1 AND `+votable, id))
	switch {
	case err != nil:
		return e, c, fmt.Errorf("find entry to vote on: %w", err)
	case !ok:
		return e, c, ErrNoVote
	}
	err = sqlx.GetContext(ctx, q, &c, `SELECT `+competitionColumns+` FROM competitions WHERE id = $1`, e.Competition)
	return e, c, wrap("find the competition of an entry", err)
}

// VotesGoingOn lists the competitions in which the public votes at now, the first to end first.
func VotesGoingOn(ctx context.Context, tx *Tx, now time.Time) ([]Competition, error) {
	list := []Competition{}
	err := tx.SelectContext(ctx, &list, `SELECT `+competitionColumns+` FROM competitions
		WHERE vote_at > $1 AND grace_until > 0 AND grace_until <= $1 ORDER BY vote_at, id`, millis(now))
	return list, wrap("list votes that go on", err)
}

// VotesPublished lists the competitions whose counts came out since the given time, the latest first.
func VotesPublished(ctx context.Context, tx *Tx, since time.Time) ([]Competition, error) {
	list := []Competition{}
	err := tx.SelectContext(ctx, &list, `SELECT `+competitionColumns+` FROM competitions WHERE vote_published >= $1 ORDER BY vote_published DESC, id`, millis(since))
	return list, wrap("list votes that were published", err)
}

// CastVote has a person vote for an entry, in the place of what they voted for before. The person's address is locked before,
// see EnsurePerson. It fails with ErrNoVote or ErrVoteOver.
func CastVote(ctx context.Context, tx *Tx, entry, person int64, came Arrival, now time.Time) error {
	e, c, err := VotableEntry(ctx, tx, entry)
	switch {
	case err != nil:
		return err
	case !c.Closed(now):
		return ErrNoVote
	case !c.VoteTakes(came):
		return ErrVoteOver
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO votes (competition_id, person_id, entry_id, first_at, at) VALUES ($1, $2, $3, $4, $4)
		ON CONFLICT (competition_id, person_id) DO UPDATE SET entry_id = EXCLUDED.entry_id, at = EXCLUDED.at WHERE votes.entry_id <> EXCLUDED.entry_id`,
		c.ID, person, e.ID, millis(came.At))
	return wrap("cast vote", err)
}

// TakeVoteBack takes a person's vote for an entry back. It fails with ErrVoteOver.
func TakeVoteBack(ctx context.Context, tx *Tx, c Competition, entry, person int64, came Arrival) error {
	if !c.VoteTakes(came) {
		return ErrVoteOver
	}
	_, err := tx.ExecContext(ctx, `DELETE FROM votes WHERE competition_id = $1 AND entry_id = $2 AND person_id = $3`, c.ID, entry, person)
	return wrap("take vote back", err)
}

// OwnVote is the entry for which who writes from a votes in a competition; 0 for none.
func OwnVote(ctx context.Context, tx *Tx, a bot.Address, competition int64) (entry int64, err error) {
	_, err = found(tx.GetContext(ctx, &entry, `SELECT entry_id FROM votes WHERE competition_id = $3
		AND person_id = (SELECT person_id FROM addresses WHERE channel = $1 AND chat = $2)`, a.Channel, a.Chat, competition))
	return entry, wrap("find vote", err)
}

// DropVotes takes all votes of a person back, for what they no longer agree to, and returns how many. Counts that came out stay.
func DropVotes(ctx context.Context, tx *Tx, person int64) (int64, error) {
	done, err := tx.ExecContext(ctx, `DELETE FROM votes WHERE person_id = $1`, person)
	if err != nil {
		return 0, fmt.Errorf("drop votes of a person: %w", err)
	}
	return done.RowsAffected()
}

// Votes lists the votes of a competition, without whose they are. Only what is over may be counted, see VoteOver.
func Votes(ctx context.Context, tx *Tx, competition int64) ([]Vote, error) {
	list := []Vote{}
	err := tx.SelectContext(ctx, &list, `SELECT v.entry_id, v.first_at, v.at, p.created_at AS known_at FROM votes v JOIN people p ON p.id = v.person_id
		WHERE v.competition_id = $1 ORDER BY v.at, v.entry_id`, competition)
	return list, wrap("list votes", err)
}

// CountWithout decides whether the votes that are flagged are left out; ok is false once the counts came out.
func CountWithout(ctx context.Context, tx *Tx, c *Competition, without bool) (ok bool, err error) {
	ok, err = found(tx.GetContext(ctx, c, `UPDATE competitions SET vote_without = $2 WHERE id = $1 AND vote_published = 0 RETURNING `+competitionColumns,
		c.ID, number(without)))
	return ok, wrap("decide how votes are counted", err)
}

// PublishVotes has counts come out. They stay as they are whatever becomes of the votes; ok is false when they were out.
func PublishVotes(ctx context.Context, tx *Tx, c *Competition, counts []VoteCount, now time.Time) (ok bool, err error) {
	ok, err = found(tx.GetContext(ctx, c, `UPDATE competitions SET vote_published = $2 WHERE id = $1 AND vote_published = 0 RETURNING `+competitionColumns,
		c.ID, millis(now)))
	if !ok || err != nil {
		return false, wrap("publish votes", err)
	}
	for _, n := range counts {
		_, err := tx.ExecContext(ctx, `UPDATE entries SET votes = $3, votes_flagged = $4 WHERE id = $1 AND competition_id = $2`, n.Entry, c.ID, n.Votes, n.Flagged)
		if err != nil {
			return false, fmt.Errorf("keep what was counted: %w", err)
		}
	}
	return true, nil
}

// VoteOpensSource is the source of what an entrant is told when the public begins to vote.
func VoteOpensSource(c Competition, e Entry) string { return fmt.Sprintf("%s%d", voteOpens(c), e.ID) }

func voteOpens(c Competition) string { return fmt.Sprintf("vote/%d/opens/", c.ID) }

// VotableUntold lists entries that the public votes on and whose captains were not told so.
func VotableUntold(ctx context.Context, tx *Tx, c Competition, most int) ([]Entry, error) {
	list := []Entry{}
	err := tx.SelectContext(ctx, &list, `SELECT `+entryColumns+` FROM entries WHERE competition_id = $1 AND `+votable+` AND origin = ''
		AND NOT EXISTS (SELECT 1 FROM deliveries d WHERE d.source = CAST($2 AS TEXT) || CAST(entries.id AS TEXT) AND d.person_id = entries.person_id)
		ORDER BY id LIMIT $3`, c.ID, voteOpens(c), most)
	return list, wrap("find entrants to tell of a vote", err)
}

// ForgetVotes deletes votes that were cast before the given time.
func (s *Store) ForgetVotes(ctx context.Context, before time.Time) error {
	_, err := s.write.ExecContext(ctx, `DELETE FROM votes WHERE at < $1`, millis(before))
	return wrap("forget votes", err)
}

// duplicateVotes leaves one vote in each competition, when two people, $1 and $2, turn out to be one: what they said last.
const duplicateVotes = `DELETE FROM votes WHERE person_id IN ($1, $2) AND EXISTS (SELECT 1 FROM votes o WHERE o.competition_id = votes.competition_id
	AND o.person_id IN ($1, $2) AND o.person_id <> votes.person_id AND (o.at > votes.at OR o.at = votes.at AND o.person_id < votes.person_id))`
