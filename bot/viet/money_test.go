package viet_test

import (
	"strconv"
	"testing"

	"khoinghiep/bot/viet"
)

func TestMoney(t *testing.T) {
	check(viet.Money).test(t, accepted{
		"500 triệu":           "500000000",
		"500tr":               "500000000",
		"500 triệu đồng":      "500000000",
		"1,5 tỷ":              "1500000000",
		"1.5 ty":              "1500000000",
		"1,50 tỉ":             "1500000000",
		"0.500 tỷ":            "500000000",
		"2 tỷ rưỡi":           "2500000000",
		"500.000.000đ":        "500000000",
		"500,000,000 VND":     "500000000",
		"500 000 000 ₫":       "500000000",
		"2 tỷ 300 triệu":      "2300000000",
		"2 tỷ, 300 triệu":     "2300000000",
		"2 tỷ 3":              "2300000000",
		"2 tỷ 300":            "2300000000",
		"1tr5":                "1500000",
		"1 triệu 500 đồng":    "1000500",
		"1 triệu 500 nghìn":   "1500000",
		"300k":                "300000",
		"300 nghìn":           "300000",
		"300 ngàn":            "300000",
		"1.500 triệu":         "1500000000",
		"1.234,5 triệu":       "1234500000",
		"2 nghìn tỷ":          "2000000000000",
		"1000":                "1000",
		"1.234.567":           "1234567",
		"0":                   "0",
		"0 đồng":              "0",
		"1,234567891 tỷ":      "1234567891",
		"999.999 tỷ":          "999999000000000",
		"999.999.999.999.999": "999999999999999",
	}, nil)
}

func TestMoneyRefusesWhatIsUnclear(t *testing.T) {
	check(viet.Money).test(t, nil, refused{
		"":                           "ví dụ",
		"nhiều":                      "ví dụ",
		"đồng":                       "ví dụ",
		"500":                        "500 triệu hoặc 500 nghìn",
		"500 đồng":                   "500 triệu hoặc 500 nghìn",
		"1,500 tỷ":                   "1,5 hay 1.500",
		"100,000 triệu":              "100 hay 100.000",
		"2 tỷ 50":                    "chưa có đơn vị",
		"300 triệu 2 tỷ":             "ví dụ",
		"2 tỷ 3 4":                   "ví dụ",
		"1,5 đồng":                   "ví dụ",
		"1,2345 nghìn":               "ví dụ",
		"1.2.3 tỷ":                   "ví dụ",
		"-5 triệu":                   "ví dụ",
		"5 kg":                       "ví dụ",
		"10 triệu tỷ":                "ví dụ",
		"1.000.000 tỷ":               "lớn quá",
		"99999999999999999999999 tỷ": "lớn quá",
	})
}

func TestShowMoney(t *testing.T) {
	for vnd, want := range map[string]string{
		"0":               "0 đồng",
		"1000":            "1.000 đồng",
		"300000":          "300.000 đồng",
		"1234567":         "1.234.567 đồng",
		"500000000":       "500 triệu đồng",
		"1500000":         "1,5 triệu đồng",
		"1050000000":      "1,05 tỷ đồng",
		"1500000000":      "1,5 tỷ đồng",
		"1255000000":      "1.255 triệu đồng",
		"1500000000000":   "1.500 tỷ đồng",
		"999999999999999": "999.999.999.999.999 đồng",
		"":                "",
		"-5":              "-5",
		"007":             "007",
		"abc":             "abc",
	} {
		if got := viet.ShowMoney(vnd); got != want {
			t.Errorf("%q: got %q, want %q", vnd, got, want)
		}
	}
}

// FuzzShowMoney holds that what is shown loses nothing: typed again, it is the same amount.
func FuzzShowMoney(f *testing.F) {
	for _, n := range []int64{0, 1_000, 1_500_000, 1_255_000_000, 999_999_999_999_999} {
		f.Add(n)
	}
	f.Fuzz(func(t *testing.T, n int64) {
		if n != 0 && n < 1_000 || n > 999_999_999_999_999 {
			return
		}
		vnd := strconv.FormatInt(n, 10)
		if again, err := viet.Money(viet.ShowMoney(vnd)); again != vnd || err != nil {
			t.Errorf("%s is shown as %q, which reads %q, %v", vnd, viet.ShowMoney(vnd), again, err)
		}
	})
}
