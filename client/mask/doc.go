// Package mask takes secrets out of what is shown and kept: by the names of
// headers, parameters and fields, and by their places in URLs. One list of names
// serves all of the program; docs/secrets.md is made from it.
//
// The data of events is out of its reach: the journal and the window show it as
// it came, and an export masks the fields that a person names.
package mask
