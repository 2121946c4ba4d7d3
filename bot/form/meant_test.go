package form_test

import "testing"

// TestWhatWasMeantIsOffered gives a number of before 2018: the new one is one press, until something else is typed.
func TestWhatWasMeantIsOffered(t *testing.T) {
	p := fill(t, registration(), rich)
	p.types("1", "Lê Văn An", "01682 345 678")
	p.sees("Số mới của bạn là 0382 345 678", "[0382 345 678]")
	p.types("0912")
	p.seesNot("[0382 345 678]")
	p.types("0168 2345 678")
	p.presses("0382 345 678")
	p.sees("Bước 3/5")
	p.kept("phone", "+84382345678")
}
