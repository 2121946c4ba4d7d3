package zalotest

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
)

// Fault is what goes wrong with one call. Of Hang, Cut and an answer of Status with Body, the first that is set.
type Fault struct {
	Done   bool // the call is carried out all the same; only its answer is lost
	Hang   bool // no answer, until the caller gives up
	Cut    bool // the connection is cut instead of an answer
	Status int  // of the answer; 0 is 200
	Body   string
}

// faulty is a rule set by Fail, with the calls it has seen.
type faulty struct {
	pick  func(n int) *Fault
	calls int
}

// Fail lets pick decide what goes wrong with each call of a path from now on: n counts them from 1, nil lets the call
// through. The path "" is every call; its rule is asked second. A nil pick ends the trouble.
func (s *Server) Fail(path string, pick func(n int) *Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if pick == nil {
		delete(s.faults, path)
		return
	}
	s.faults[path] = &faulty{pick: pick}
}

// Always makes every call fail.
func Always(f Fault) func(n int) *Fault { return func(int) *Fault { return &f } }

// First makes the next k calls fail.
func First(k int, f Fault) func(n int) *Fault {
	return func(n int) *Fault {
		if n > k {
			return nil
		}
		return &f
	}
}

// Refuse is an error as Zalo answers it: with HTTP 200.
func Refuse(code int) Fault {
	body, err := json.Marshal(refuse(code))
	if err != nil {
		panic(err) // a number and a word
	}
	return Fault{Body: string(body)}
}

// Page is a page of HTML, as proxies answer before Zalo.
func Page(status int) Fault {
	return Fault{Status: status, Body: fmt.Sprintf("<html><body><h1>%d %s</h1></body></html>", status, http.StatusText(status))}
}

// misbehave answers as a fault says.
func (s *Server) misbehave(w http.ResponseWriter, r *http.Request, f *Fault) {
	// The server notices that the caller has gone only once the body is read.
	_, _ = io.Copy(io.Discard, r.Body)
	switch {
	case f.Hang:
		select {
		case <-r.Context().Done():
		case <-s.life.Done():
		}
		panic(http.ErrAbortHandler)
	case f.Cut:
		panic(http.ErrAbortHandler) // net/http's way to cut a connection
	}
	w.WriteHeader(max(f.Status, http.StatusOK))
	_, _ = w.Write([]byte(f.Body))
}
