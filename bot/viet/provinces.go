package viet

import "strings"

// elsewhere are the other provinces and cities of Vietnam by their names before and after July 2025, as spelling.letters.
// People from there answer so.
var elsewhere = lettersOf(`An Giang, Bà Rịa - Vũng Tàu, Vũng Tàu, Bạc Liêu, Bắc Giang, Bắc Kạn, Bắc Ninh, Bến Tre, Bình Dương,
	Bình Định, Bình Phước, Bình Thuận, Cà Mau, Cao Bằng, Cần Thơ, Đà Nẵng, Đắk Lắk, Đắk Nông, Điện Biên, Đồng Nai, Đồng Tháp,
	Gia Lai, Hà Giang, Hà Nam, Hà Nội, Hà Tĩnh, Hải Dương, Hải Phòng, Hậu Giang, Hòa Bình, Hồ Chí Minh, Sài Gòn, Huế,
	Thừa Thiên Huế, Hưng Yên, Khánh Hòa, Kiên Giang, Lai Châu, Lâm Đồng, Lạng Sơn, Lào Cai, Long An, Nam Định, Nghệ An,
	Ninh Bình, Ninh Thuận, Phú Thọ, Phú Yên, Quảng Bình, Quảng Nam, Quảng Ninh, Quảng Trị, Sóc Trăng, Sơn La, Tây Ninh,
	Thái Bình, Thái Nguyên, Thanh Hóa, Tiền Giang, Trà Vinh, Tuyên Quang, Vĩnh Long, Vĩnh Phúc, Yên Bái`)

func lettersOf(names string) map[string]bool {
	set := map[string]bool{}
	for name := range strings.SplitSeq(names, ",") {
		set[spell(name).letters] = true
	}
	return set
}
