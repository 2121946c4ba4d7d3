package main

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

// step is one line of a script.
type step struct {
	line  string // as written
	verb  string // "type", "press", one of the words below, or "" for a note to the reader
	arg   string
	data  []byte // of the file that is sent, once it is read
	quiet bool   // written as ">> …": what the bot says to it is in another transcript and not written down again
}

// does is what a person does beside typing and pressing "[a button]":
//
//	(nfd) text         types with accents as characters of their own
//	(edit) text        changes the message typed last
//	(start payload)    opens the bot, by a deep link when there is a payload
//	(contact)          shares one's own number; "(contact other)" somebody else's
//	(sticker) (voice) (place) (photo) (album)
//	(document NAME)    sends a PDF file of that name
//	(sheet NAME)       sends testdata/sheets/NAME.tsv as an XLSX file
//	(wait 30h)         lets time pass
//	(as NAME)          goes on as another person
//	(invite staff)     has an invitation made for that role; "(invite officer SCT)" for an officer of that agency
//	(obligation) …     has an agency owe something, see oblige
//	(golive DAY)       has "(job obligations)" make what is due from that day on
//	(code)             types the code that was made or shown last; "(start code)" follows its link
//	(ballot)           types the code to vote by that was shown last; "(start ballot)" follows its link
//	(votes 10)         has so many people who are new here vote for the first entry
//	(ticket)           types the ticket shown last; "(start ticket)" follows its link
//	(notices)          has sent what people are told unasked; "(as NAME)" then shows it
//	(job NAME)         has a scheduled job run
//	(contest NAME)     has a competition set up by testdata/sheets/NAME.tsv
//	(errands)          lets what one chat asked for happen in the others; "(as NAME)" then shows it
var does = regexp.MustCompile(`^\((nfd|edit|start|contact|sticker|voice|place|photo|album|document|sheet|wait|as|invite|obligation|golive|code|ticket|errands|notices|job|contest|ballot|votes)(?: ([^)]*))?\)(?: (.*))?$`)

func readScript(t *testing.T, path string) []step {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	steps := []step{}
	for line := range strings.Lines(string(text)) {
		if line = strings.TrimSuffix(line, "\n"); line != "" {
			steps = append(steps, readStep(t, line))
		}
	}
	return steps
}

func readStep(t *testing.T, line string) step {
	t.Helper()
	if strings.HasPrefix(line, "# ") {
		return step{line: line}
	}
	mark, did, _ := strings.Cut(line, " ")
	label, isPress := strings.CutPrefix(did, "[")
	words := does.FindStringSubmatch(did)
	s := step{line: line, verb: "type", arg: did, quiet: mark == ">>"}
	switch {
	case mark != ">" && mark != ">>", did == "", strings.HasPrefix(did, "(") && words == nil:
		t.Fatalf("not a line of a script: %q", line)
	case words != nil:
		s.verb, s.arg = words[1], strings.TrimSpace(words[2]+" "+words[3])
	case isPress:
		s.verb, s.arg = "press", strings.TrimSuffix(label, "]")
	}
	return s
}
