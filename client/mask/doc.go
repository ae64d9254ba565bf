// Package mask removes secrets from what is shown and stored. It knows them by
// the names of headers, parameters and fields, and by their places in URLs. The
// whole program uses one list of names; docs/secrets.md is made from it.
//
// Package mask leaves the data of events alone: the journal and the window show
// it as received, and an export masks the fields that the user names.
package mask
