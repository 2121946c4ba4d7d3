package storage_test

import (
	"context"
	"testing"
	"time"

	"khoinghiep/storage"
)

// TestNothingWaitsOfWhatStaffStopped has staff stop what was sent already.
func TestNothingWaitsOfWhatStaffStopped(t *testing.T) {
	onEachRegistry(t, func(t *testing.T, r *registry) {
		stopped, kept := r.owe("SCT"), r.owe("TINHDOAN")
		r.submit(&stopped, "1")
		want, _ := r.submit(&kept, "2")
		r.in(func(ctx context.Context, tx *storage.Tx) error {
			if ok, err := storage.StopObligation(ctx, tx, &stopped, r.now); !ok || err != nil {
				t.Errorf("stopped: %t (%v)", ok, err)
			}
			list, err := storage.WaitingSubmissions(ctx, tx, 0, 10)
			if err != nil {
				return err
			}
			n, latest, err := storage.CountWaitingSubmissions(ctx, tx, r.now.Add(time.Minute))
			if len(list) != 1 || list[0].Code != want.Code || n != 1 || latest != want.Code {
				t.Errorf("%d wait, of them %+v, the latest %s", n, list, latest)
			}
			return err
		})
	})
}
