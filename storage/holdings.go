package storage

// holding is a table that keeps something of people, and which of its rows are one person's or one chat's. What export
// shows and erasure deletes is listed here once; a test finds a table that is missing.
type holding struct {
	table   string
	rows    string // condition
	columns string // that export shows; "": all
	as      string // name in the export; "": the table's
	proof   bool   // outlives the person's data, see Erase
}

// ofPerson lists what is kept under a person's id, $1, in an order in which it can be deleted. The addresses come first:
// deleting them waits for every turn that keeps something under the person, see EnsurePerson.
func ofPerson() []holding {
	const own = `person_id = $1`
	const ofStartup = own + ` OR startup_id IN (SELECT id FROM startups WHERE person_id = $1)`
	const ofEntry = `entry_id IN (SELECT id FROM entries WHERE person_id = $1)`
	return []holding{
		{table: "addresses", rows: own},
		{table: "deliveries", rows: own + ` AND state <> 'sending'`}, // see ErrSending
		{table: "documents", rows: ofStartup},
		{table: "startup_history", rows: ofStartup},
		{table: "reviews", rows: `startup_id IN (SELECT id FROM startups WHERE person_id = $1)`}, // what staff decided stays without them
		{table: "startups", rows: own},
		{table: "entry_files", rows: own + ` OR ` + ofEntry},
		{table: "entry_members", rows: own + ` OR ` + ofEntry},
		{table: "votes", rows: own}, // counts that came out stay
		{table: "entries", rows: own},
		{table: "jurors", rows: own}, // what they scored stays without them
		{table: "guardians", rows: own},
		{table: "request_messages", rows: own + ` OR request_id IN (SELECT id FROM requests WHERE person_id = $1)`},
		{table: "requests", rows: own},
		{table: "guests", rows: own},
		{table: "roles", rows: own},
		{table: "pins", rows: own, columns: "person_id, set_at"}, // the hash gives the digits to whoever tries them all
		{table: "delegations", rows: own + ` OR delegate_id = $1`},
		{table: "officers", rows: own},
		{table: "reminders", rows: own},
		{table: "people", rows: `id = $1`},
		{table: "consents", rows: own, proof: true},
		{table: "audit", rows: own + ` OR person_id IN (SELECT old_id FROM joined_people WHERE person_id = $1)`, proof: true},
		{table: "joined_people", rows: own, proof: true},
		{table: "achievements", rows: own + ` OR startup_code IN (SELECT code FROM startups WHERE person_id = $1)`, proof: true},
		// What somebody did for an agency is the agency's.
		{table: "submissions", rows: own, proof: true},
		{table: "obligation_answers", rows: own, proof: true},
		{table: "obligation_lines", rows: own, proof: true},
		{table: "obligations", rows: own, proof: true},
		{table: "plan_choices", rows: own, proof: true},
		{table: "plan_versions", rows: own, proof: true},
		{table: "held_events", rows: own, proof: true},
		{table: "report_texts", rows: own, proof: true},
		{table: "report_sendings", rows: own, proof: true},
		{table: "score_papers", rows: own, proof: true},
	}
}

// ofChat lists what is kept under a chat's address, channel $1 and chat $2, beside its dialog.
func ofChat() []holding {
	const here = `channel = $1 AND chat = $2`
	const named = ` = CAST($1 AS TEXT) || ':' || CAST($2 AS TEXT)` // bot.Address.String
	const onTheWeb = `CAST($1 AS TEXT) LIKE 'web%' AND chat = $2`  // also the demo's web chats that look like others
	return []holding{
		{table: "dead_updates", rows: here},
		{table: "errands", rows: here},
		{table: "nudges", rows: here},
		{table: "codes", rows: `data` + named},
		{table: "wrong_codes", rows: `source` + named},
		{table: "web_log", rows: onTheWeb},
		{table: "web_chats", rows: onTheWeb},
	}
}
