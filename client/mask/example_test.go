package mask_test

import (
	"fmt"

	"sseconsole/client/mask"
)

func Example() {
	fmt.Println(mask.URL("http://user:pass@host/events?clientId=1&token=abc"))
	fmt.Println(mask.HeaderValue("Authorization", "Bearer abc"))
	fmt.Println(mask.Body("application/json", `{"user":"me","password":"abc"}`))
	// Output:
	// http://user:•••@host/events?clientId=1&token=•••
	// Bearer •••
	// {"user":"me","password":"•••"}
}
