package admin

import (
	"io/fs"
	"os"
	"regexp"
	"strings"
	"testing"
)

var written = regexp.MustCompile(`AddAudit\(ctx, tx, [^,]+, "([^"]+)",`)

// Whoever writes something new into the audit log gives it a name for its readers.
func TestEveryActionHasAName(t *testing.T) {
	source := os.DirFS("..")
	found := 0
	err := fs.WalkDir(source, ".", func(path string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".go") {
			return err
		}
		text, err := fs.ReadFile(source, path)
		for _, match := range written.FindAllSubmatch(text, -1) {
			found++
			if action := string(match[1]); actionName(action) == action {
				t.Errorf("%s writes %q, which has no name in audit_words.go", path, action)
			}
		}
		return err
	})
	if err != nil || found == 0 {
		t.Errorf("%d actions in the program, %v", found, err)
	}
}
