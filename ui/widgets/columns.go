package widgets

// Column is one column of a [LogView]. Widths are in cells: characters of the
// fixed-width font, of which wide ones take two.
type Column struct {
	Title    string
	Width    int
	Min      int  // how far it may be narrowed when there is little room; 0 means not at all
	Flexible bool // takes the room that the others leave; the last column if none says so
}

// columnGap is the room between columns, in cells.
const columnGap = 1

// flexible returns the index of the column that takes the rest, or -1.
func flexible(columns []Column) int {
	for i, c := range columns {
		if c.Flexible {
			return i
		}
	}
	return len(columns) - 1
}

// columnWidths shares out cells. If they do not suffice for all widths, every
// column gives according to what it has above its minimum; then the flexible
// one loses the rest.
func columnWidths(columns []Column, cells int) []int {
	if len(columns) == 0 {
		return nil
	}
	widths := make([]int, len(columns))
	lack, spare := columnGap*(len(columns)-1)-cells, 0
	for i, c := range columns {
		widths[i] = c.Width
		lack += c.Width
		spare += slack(c)
	}
	if lack > 0 {
		give := min(lack, spare)
		for i, c := range columns {
			if part := slack(c); part > 0 {
				share := give * part / spare
				widths[i] -= share
				lack, give, spare = lack-share, give-share, spare-part
			}
		}
	}
	rest := flexible(columns)
	widths[rest] = max(0, widths[rest]-lack)
	return widths
}

// slack is by how much a column may be narrowed.
func slack(c Column) int {
	if c.Min <= 0 || c.Min >= c.Width {
		return 0
	}
	return c.Width - c.Min
}
