package form

// Tell lists what was answered, each as "label: value", in the order of the fields. What is not asked with these answers,
// was passed over or does not count is left out.
func (f *Form) Tell(answers Answers) []string {
	list := []string{}
	_, lines := f.lines(Progress{Answers: answers}, nil)
	for _, l := range lines {
		if l.value != "" && !l.Uncounted {
			list = append(list, l.Label+": "+l.shown(l.value))
		}
	}
	return list
}
