package zalotest

import (
	"bytes"
	"io"
	"net/http"
	"strings"
	"time"
)

// The paths that the server answers, by which Calls and Fail know them.
const (
	PathTokens          = "/v4/oa/access_token"
	PathMessage         = "/v3.0/oa/message/cs"
	PathTemplate        = "/v3.0/oa/message/template"
	PathTemplateByPhone = "/message/template"
	PathQuota           = "/v3.0/oa/quota/message"
	PathUploadImage     = "/v2.0/oa/upload/image"
	PathUploadFile      = "/v2.0/oa/upload/file"
	PathDownload        = "/files/" // and the name of a file
)

const bodyLimit = 8 << 20 // bytes of one call that are read

// ServeHTTP answers calls of the account.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	path := r.URL.Path
	if strings.HasPrefix(path, PathDownload) {
		path = PathDownload
	}
	fault, latency := s.note(path)
	s.wait(r, latency)
	switch {
	case fault != nil && fault.Done:
		s.answer(discard{header: http.Header{}}, r, path)
		s.misbehave(w, r, fault)
	case fault != nil:
		s.misbehave(w, r, fault)
	default:
		s.answer(w, r, path)
	}
}

func (s *Server) answer(w http.ResponseWriter, r *http.Request, path string) {
	switch path {
	case PathDownload:
		s.download(w, r)
	case PathTokens:
		write(w, s.tokens(r))
	default:
		write(w, s.authorised(w, r, path))
	}
}

// authorised answers a call that needs an access token and counts against the rate.
func (s *Server) authorised(w http.ResponseWriter, r *http.Request, path string) any {
	body, err := io.ReadAll(io.LimitReader(r.Body, bodyLimit)) // before the lock: a slow caller holds nobody up
	if err != nil {
		return refuse(codeParameter)
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case r.Method != http.MethodPost:
		return refuse(codeParameter)
	case !s.validAccess(r.Header.Get("access_token")):
		return refuse(codeToken)
	case !s.allowance.call(w.Header(), s.now()):
		return refuse(codeRate)
	}
	switch path {
	case PathMessage:
		return s.message(r)
	case PathTemplate:
		return s.templateByID(r)
	case PathTemplateByPhone:
		return s.templateByPhone(r)
	case PathQuota:
		return s.quota(r)
	case PathUploadImage:
		return s.uploadImage(r)
	case PathUploadFile:
		return s.uploadFile(r)
	}
	return refuse(codeParameter)
}

// note counts a call and finds out what shall happen to it.
func (s *Server) note(path string) (*Fault, time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.calls[path]++
	s.calls[""]++
	for _, key := range []string{path, ""} {
		if f := s.faults[key]; f != nil {
			f.calls++
			if fault := f.pick(f.calls); fault != nil {
				return fault, s.latency
			}
		}
	}
	return nil, s.latency
}

// wait passes d, unless the caller goes away before.
func (s *Server) wait(r *http.Request, d time.Duration) {
	if d <= 0 {
		return
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-r.Context().Done():
	case <-s.life.Done():
	}
}

// discard takes an answer that is lost.
type discard struct{ header http.Header }

func (d discard) Header() http.Header          { return d.header }
func (discard) Write(data []byte) (int, error) { return len(data), nil }
func (discard) WriteHeader(int)                {}
