package storage

import (
	"fmt"
	"strconv"
	"strings"

	"khoinghiep/bot"
)

// A dialog in Redis is one string: a header of one line, and the JSON of the dialog. The header is
//
//	run epoch version frozen
//
// run is the run_id of the Redis server it was written under: a value of an earlier life of Redis came from a snapshot
// and may be old. frozen is "-", or names the transaction that is deciding the value's fate: who froze, and when.
const unfrozen = "-"

type header struct {
	Run      string
	Revision Revision
	Frozen   string
}

func (h header) String() string {
	if h == (header{}) {
		return "" // no value
	}
	return h.Run + " " + strconv.FormatInt(h.Revision.Epoch, 10) + " " + strconv.FormatInt(h.Revision.Version, 10) + " " + h.Frozen + "\n"
}

// live reports whether the value can be trusted as it is: written in this life of Redis, and not frozen.
func (h header) live(srv *server) bool { return h.Run == srv.run && h.Frozen == unfrozen }

// frozenSince is when the value was frozen, in Unix milliseconds; 0 when it is not.
func (h header) frozenSince() int64 {
	_, at, _ := strings.Cut(h.Frozen, "@")
	ms, _ := strconv.ParseInt(at, 10, 64)
	return ms
}

// parseValue takes a value of Redis apart; "" (a missing key) gives an empty dialog.
func parseValue(a bot.Address, value string) (*Dialog, error) {
	d := &Dialog{Address: a}
	if value == "" {
		return d, nil
	}
	head, state, _ := strings.Cut(value, "\n")
	f := strings.Fields(head)
	if len(f) != 4 {
		return nil, fmt.Errorf("decode dialog: strange header in Redis")
	}
	epoch, err1 := strconv.ParseInt(f[1], 10, 64)
	version, err2 := strconv.ParseInt(f[2], 10, 64)
	if err1 != nil || err2 != nil {
		return nil, fmt.Errorf("decode dialog: strange revision in Redis")
	}
	d.Revision, d.state = Revision{epoch, version}, []byte(state)
	d.stored = header{f[0], d.Revision, f[3]}
	return d, d.decode(d.state)
}

// score orders revisions in a sorted set; exact until the year 2089, as an epoch begins at the hour since
// 1970, and below 4 billion versions of one dialog.
func (r Revision) score() int64 { return r.Epoch<<32 + r.Version }
