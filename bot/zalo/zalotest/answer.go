package zalotest

import (
	"encoding/json"
	"net/http"
)

// Codes by which the fake refuses. Other ones come by Fail.
const (
	codeToken      = -216
	codeParameter  = -201 // [?]
	codeTooLong    = -210
	codeQuota      = -211
	codeNoFollower = -213
	codeWindow     = -230
	codeRate       = -32

	codePhone       = -108
	codeBalance     = -115
	codeNoAccount   = -118
	codeNotApproved = -131

	codeBadClient       = -14002 // [?]
	codeBadCode         = -14003 // [?]
	codeBadRefreshToken = -14014
)

// answer is what the API answers, with HTTP 200 in any case.
type answer struct {
	Data    any    `json:"data,omitempty"`
	Error   int    `json:"error"`
	Message string `json:"message"`
}

func done(data any) answer { return answer{Data: data, Message: "Success"} }

func refuse(code int) answer { return answer{Error: code, Message: "refused"} }

func write(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(v) // a client that has gone away is no error of ours
}

// read decodes the body of a call; a field that Zalo does not know is a mistake of ours.
func read(r *http.Request, v any) bool {
	decoder := json.NewDecoder(r.Body)
	decoder.DisallowUnknownFields()
	return decoder.Decode(v) == nil
}
