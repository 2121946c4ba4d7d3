package zalo

import (
	"context"
	"encoding/json"
	"fmt"
)

// Quota is an allowance of messages, as Zalo tells it with each message and when asked.
type Quota struct {
	Type          string // Zalo's own name of it
	Remain, Total int    // messages; 0 also where Zalo does not tell
}

// quota is a Quota in Zalo's words.
type quota struct {
	Type   text   `json:"quota_type"`
	Remain number `json:"remain"`
	Total  number `json:"total"`
}

func (q quota) told() Quota {
	return Quota{Type: string(q.Type), Remain: int(q.Remain), Total: int(q.Total)}
}

// Quota asks what may still be sent to a person. Errors are those of Send.
func (c *Channel) Quota(ctx context.Context, user string) ([]Quota, error) {
	data, err := c.post(ctx, c.cfg.APIURL+"/v3.0/oa/quota/message", recipient{user})
	if err != nil {
		return nil, fmt.Errorf("zalo quota: %w", err)
	}
	quotas, err := readQuotas(data)
	if err != nil {
		return nil, fmt.Errorf("zalo quota: decode the answer: %w", err)
	}
	return quotas, nil
}

// readQuotas reads one quota or a list of them: which of the two Zalo sends is not known [?].
func readQuotas(data json.RawMessage) ([]Quota, error) {
	list := []quota{}
	if json.Unmarshal(data, &list) != nil {
		one := quota{}
		if err := json.Unmarshal(data, &one); err != nil {
			return nil, err
		}
		list = append(list, one)
	}
	quotas := []Quota{}
	for _, q := range list {
		quotas = append(quotas, q.told())
	}
	return quotas, nil
}
