package endpoint

import "sseconsole/client/mask"

// Mask is mask.URL: it returns a URL with ••• in place of its secrets.
func Mask(text string) string { return mask.URL(text) }
