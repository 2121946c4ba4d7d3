package storage_test

import (
	"testing"

	"khoinghiep/storage/storagetest"
)

func TestMain(m *testing.M) { storagetest.Main(m) }
