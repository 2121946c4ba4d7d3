// Package bot is the vocabulary of a conversation: what a person did (Incoming), what we answer (Outgoing),
// and what a chat platform is to us (Channel). It does no I/O and imports only the standard library;
// everything else in the program points at it.
package bot
