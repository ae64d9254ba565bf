package endpoint

import "sseconsole/client/mask"

// Mask returns a URL with ••• in place of its secrets, as mask.URL does.
func Mask(text string) string { return mask.URL(text) }
