package viet

import (
	"net/url"
	"regexp"
	"strings"
	"unicode"
)

// linkLongest is the most bytes a link may have; browsers and chat platforms take about that much.
const linkLongest = 2000

var (
	scheme = regexp.MustCompile(`(?i)^(https?)://`)
	// host is a dotted name whose last part is no number; letters of any script are allowed.
	host = regexp.MustCompile(`^([\p{L}\p{N}]([\p{L}\p{M}\p{N}\-]*[\p{L}\p{M}\p{N}])?\.)+\p{L}[\p{L}\p{M}\p{N}\-]*$`)
)

// Link checks the address of a web page: http or https, with a dotted host. A missing "https://" is put before it.
// The page is not fetched.
func Link(s string) (string, error) {
	const problem = Problem("Đường dẫn này chưa đúng. Bạn chép nguyên từ thanh địa chỉ, ví dụ: https://youtu.be/abc123.")
	link := Clean(s)
	if head := scheme.FindString(link); head != "" {
		link = strings.ToLower(head) + link[len(head):]
	} else {
		link = "https://" + link
	}
	if len(link) > linkLongest || strings.ContainsFunc(link, unicode.IsSpace) {
		return "", problem
	}
	u, err := url.Parse(link)
	if err != nil || u.User != nil || !host.MatchString(u.Hostname()) {
		return "", problem
	}
	return link, nil
}
