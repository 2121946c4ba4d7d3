// Package export turns what is kept into files for people: sheets, documents and pictures. It does no I/O.
package export
