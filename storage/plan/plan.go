// Package plan is the plan as data: what the law and the province have laid down, embedded so that it is versioned with
// the program. It does no I/O. Each file is read once, when it is first asked for: reading takes most of a program's start.
package plan
