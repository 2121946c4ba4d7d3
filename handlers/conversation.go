package handlers

import (
	"context"

	"khoinghiep/bot/form"
	"khoinghiep/storage"
)

// Conversation is one thing people can do here. The list of all of them is in cmd.
type Conversation struct {
	Name   string       // in commands, deep links, buttons ("name:argument") and dialogs; [a-z], never changed
	Label  string       // in menus
	Words  []string     // what else people type for it
	Always []string     // more words, heard also while a form waits for a text: nobody's answer to a question
	Role   storage.Role // who has it; "": everyone. To others it does not exist
	Menu   bool         // is in the menu

	// Open starts or shows it. argument is what the button carried after "name:", or "".
	Open func(ctx context.Context, t *Turn, argument string) error

	// Typed tells what a text that names no conversation means to this one, such as the code of an event: the argument to open
	// it with. Asked while nothing is in hand. May be nil.
	Typed func(text string) (argument string, ok bool)

	// Listen is called with whatever the person sends while Session.Name is this conversation and no form is in hand, but
	// for commands, presses, codes and words that are heard anywhere. May be nil.
	Listen func(ctx context.Context, t *Turn) error
	// Asks says that what Listen takes answers a question: whoever opens something else instead has left it, and what they send
	// next is not its answer.
	Asks bool

	// Files is offered what somebody who has the conversation sends as files while nothing waits for any, in the order of
	// the list; taken is false when it has no use for them. May be nil.
	Files func(ctx context.Context, t *Turn) (taken bool, err error)

	// Code is a kind of one-time codes that lead here. Follow is then called with the code, which is good and not used yet.
	Code   storage.CodeKind
	Follow func(ctx context.Context, t *Turn, code storage.Code) error

	// Form makes it a form: the functions below are then called, and Open may be nil: the form opens itself.
	Form *form.Form
	// Answered is called after each answer that leaves the form in hand; before has the answers so far. It may take
	// the form away (Session.Form = nil) and replies back (Unsay). May be nil.
	Answered func(ctx context.Context, t *Turn, before form.Answers) error
	// Submit keeps what was filled in. Leaving Session.Form in hand means that it is not sent yet.
	Submit func(ctx context.Context, t *Turn, kept form.Answers) error
}

// Button is the data of a button that opens the conversation with an argument.
func (c *Conversation) Button(argument string) string { return c.Name + ":" + argument }
