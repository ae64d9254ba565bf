package fault_test

import (
	"fmt"
	"log"

	"sseconsole/server/fault"
)

func Example() {
	f, err := fault.Parse("cut-after-events n=5 client=alice next=1")
	if err != nil {
		log.Fatal(err)
	}
	var faults fault.Registry
	if _, err := faults.Set(f); err != nil {
		log.Fatal(err)
	}
	fmt.Println("bob:", fault.KindsOn(faults.Hit("bob")))
	hits := faults.Hit("alice")
	fmt.Println("alice:", fault.KindsOn(hits))
	for _, off := range faults.Release(hits) { // alice's connection has ended
		fmt.Println("off:", off)
	}
	// Output:
	// bob: []
	// alice: [cut-after-events]
	// off: cut-after-events client=alice next=1 n=5
}
