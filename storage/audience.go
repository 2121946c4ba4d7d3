package storage

import "database/sql/driver"

// Audience is who is to be told, any mix of it.
type Audience struct{}

// Value gives the JSON that is kept.
func (a Audience) Value() (driver.Value, error) { return encodeColumn(a) }

// Scan reads what Value gave.
func (a *Audience) Scan(kept any) error { return decodeColumn(kept, a) }
