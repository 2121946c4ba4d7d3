package plan

import (
	"bytes"
	"errors"
	"io"
	"reflect"
	"regexp"
	"strings"

	"gopkg.in/yaml.v3"
)

// document is a YAML file as it was written, which knows the line of everything in it. It collects what is wrong there.
type document struct {
	root     *yaml.Node
	mistakes Mistakes
}

// readDocument reads text into a value and holds it to the value's shape: every key has a field, every value its type.
// The error is Mistakes.
func readDocument(text []byte, into any) (*document, error) {
	file := yaml.Node{}
	decoder := yaml.NewDecoder(bytes.NewReader(text))
	if err := decoder.Decode(&file); errors.Is(err, io.EOF) {
		return nil, Mistakes{{Line: 1, Text: "tệp trống"}}
	} else if err != nil {
		return nil, Mistakes{syntaxMistake(text, err)}
	}
	d := &document{root: file.Content[0]}
	d.shape(d.root, reflect.TypeOf(into).Elem())
	if second := (yaml.Node{}); !errors.Is(decoder.Decode(&second), io.EOF) {
		d.mistakes = append(d.mistakes, Mistake{max(second.Line, 1), "mỗi tệp chỉ có một tài liệu YAML"})
	}
	if err := d.mistakes.err(); err != nil {
		return nil, err
	}
	if err := file.Decode(into); err != nil {
		return nil, Mistakes{syntaxMistake(text, err)}
	}
	return d, nil
}

var saidLine = regexp.MustCompile(`line \d+: `)

// syntaxMistake gives what the YAML reader says a line of its own: that of the reader is where the list or mapping began
// that it could not read to the end.
func syntaxMistake(text []byte, err error) Mistake {
	said := saidLine.ReplaceAllString(strings.TrimPrefix(err.Error(), "yaml: "), "")
	return Mistake{unreadableFrom(text), "không đúng cú pháp YAML: " + said}
}

// unreadableFrom is the line after the longest beginning of text that can be read.
func unreadableFrom(text []byte) int {
	lines := bytes.SplitAfter(text, []byte("\n"))
	for n := len(lines) - 1; n > 0; n-- {
		text = text[:len(text)-len(lines[n])]
		if yaml.Unmarshal(text, &yaml.Node{}) == nil {
			return n + 1
		}
	}
	return 1
}

// wrong notes a mistake in what is at a path of keys and indices, or, when there is nothing, in what should have it.
func (d *document) wrong(text string, path ...any) {
	d.mistakes = append(d.mistakes, Mistake{d.line(path), text})
}

func (d *document) line(path []any) int {
	node := d.root
	for _, step := range path {
		next := child(node, step)
		if next == nil {
			break
		}
		node = next
	}
	return node.Line
}

func child(node *yaml.Node, step any) *yaml.Node {
	if i, ok := step.(int); ok {
		if i < len(node.Content) {
			return node.Content[i]
		}
		return nil
	}
	for i := 0; i+1 < len(node.Content); i += 2 {
		if node.Content[i].Value == step {
			return node.Content[i+1]
		}
	}
	return nil
}

// shape holds a node to a type.
func (d *document) shape(node *yaml.Node, want reflect.Type) {
	problem := ""
	switch want.Kind() {
	case reflect.Struct:
		if node.Kind == yaml.MappingNode {
			d.keys(node, fields(want))
			return
		}
		problem = "cần các mục \"tên: giá trị\""
	case reflect.Slice:
		if node.Kind == yaml.SequenceNode {
			for _, item := range node.Content {
				d.shape(item, want.Elem())
			}
			return
		}
		problem = "cần một danh sách"
	case reflect.Int, reflect.Int64:
		problem = "cần một số nguyên"
		if node.Tag == "!!int" && node.Decode(new(int64)) == nil {
			return
		}
	case reflect.Bool:
		problem = "cần true hoặc false"
		if node.Tag == "!!bool" {
			return
		}
	default:
		problem = "cần một dòng chữ"
		if node.Kind == yaml.ScalarNode && node.Tag != "!!null" {
			return
		}
	}
	d.mistakes = append(d.mistakes, Mistake{node.Line, problem})
}

// keys holds a mapping to the fields of a type.
func (d *document) keys(node *yaml.Node, known map[string]reflect.Type) {
	seen := map[string]bool{}
	for i := 0; i < len(node.Content); i += 2 {
		key := node.Content[i]
		kind, ok := known[key.Value]
		switch {
		case !ok:
			d.mistakes = append(d.mistakes, Mistake{key.Line, "không có mục \"" + key.Value + "\""})
		case seen[key.Value]:
			d.mistakes = append(d.mistakes, Mistake{key.Line, "mục \"" + key.Value + "\" ghi hai lần"})
		default:
			d.shape(node.Content[i+1], kind)
		}
		seen[key.Value] = true
	}
}

// fields gives the keys of a type as package yaml names them.
func fields(t reflect.Type) map[string]reflect.Type {
	known := map[string]reflect.Type{}
	for _, f := range reflect.VisibleFields(t) {
		name, _, _ := strings.Cut(f.Tag.Get("yaml"), ",")
		if name == "" {
			name = strings.ToLower(f.Name)
		}
		if !f.Anonymous {
			known[name] = f.Type
		}
	}
	return known
}
