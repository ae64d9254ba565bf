// Package target says where requests go: it turns what a person types or
// pastes into a Target, builds the URLs of the three calls from it, and masks
// the secrets in a URL before it is shown or recorded.
package target
