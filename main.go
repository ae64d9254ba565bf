// Command sseconsole is a desktop test console for Server-Sent Events.
package main

func main() {}
