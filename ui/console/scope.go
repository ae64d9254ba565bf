package console

// Scope is what the log, its counts and the statistics show: everything, or one
// subscription. The zero value is everything.
type Scope struct {
	One  bool // only Pair
	Pair Pair
}

// Has reports whether a record with this target and clientId is in the scope.
func (s Scope) Has(target, clientID string) bool {
	return !s.One || target == s.Pair.Target() && clientID == s.Pair.ClientID
}
