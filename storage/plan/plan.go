// Package plan is the plan as data: what the law and the province have laid down, embedded so that it is versioned with
// the program. It does no I/O.
package plan
