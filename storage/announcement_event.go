package storage

import (
	"context"
	"time"
)

// TakeBackInvitations cancels every announcement that invites to the event with the code, as what it says of the event is no
// longer so, and returns those that were not sent to everybody yet. One that was is not sent again, and leaves the web.
func TakeBackInvitations(ctx context.Context, tx *Tx, event string, now time.Time) (unsent []Announcement, err error) {
	list := []Announcement{}
	err = tx.SelectContext(ctx, &list, `UPDATE announcements SET state = state WHERE event = $1 AND state <> 'cancelled' RETURNING `+announcementColumns, event)
	if err != nil {
		return nil, wrap("find invitations to an event", err)
	}
	for _, a := range list {
		if a.State != AnnouncementDone {
			unsent = append(unsent, a)
			_, err = CancelAnnouncement(ctx, tx, a.ID, now)
		} else {
			_, err = MoveAnnouncement(ctx, tx, a.ID, AnnouncementCancelled, AnnouncementDone)
		}
		if err != nil {
			return nil, err
		}
	}
	return unsent, nil
}
