package judge

// numberState is the position within a number.
type numberState uint8

const (
	numberBegin numberState = iota
	numberMinus
	numberZero
	numberInt
	numberDot
	numberFraction
	numberE
	numberSign
	numberExponent
)

func (s numberState) final() bool {
	return s == numberZero || s == numberInt || s == numberFraction || s == numberExponent
}

// next returns the state after another byte; ok is false if it does not belong to the
// number.
func (s numberState) next(c byte) (next numberState, ok bool) {
	switch {
	case c == '-' && s == numberBegin:
		return numberMinus, true
	case c == '0' && s <= numberMinus:
		return numberZero, true
	case isDigit(c):
		switch s {
		case numberBegin, numberMinus, numberInt:
			return numberInt, true
		case numberDot, numberFraction:
			return numberFraction, true
		case numberE, numberSign, numberExponent:
			return numberExponent, true
		}
	case c == '.' && (s == numberZero || s == numberInt):
		return numberDot, true
	case (c == 'e' || c == 'E') && (s == numberZero || s == numberInt || s == numberFraction):
		return numberE, true
	case (c == '+' || c == '-') && s == numberE:
		return numberSign, true
	}
	return s, false
}

func isDigit(c byte) bool  { return '0' <= c && c <= '9' }
func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }
