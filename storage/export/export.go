// Package export turns what is kept into files for people: sheets and pictures. It does no I/O.
package export
