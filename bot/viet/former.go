package viet

// Former lists the codes of the communes that took the place of an old district, named as in Place.District.
func (p *Places) Former(district string) []string {
	codes := []string{}
	for _, place := range p.All() {
		if place.District == district {
			codes = append(codes, place.Code)
		}
	}
	return codes
}
