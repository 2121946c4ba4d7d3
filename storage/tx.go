package storage

import "github.com/jmoiron/sqlx"

// Tx is an open transaction, as effects are given it.
type Tx = sqlx.Tx
