// Package inside finds out what a string carries: a picture in a data: URL, or a JSON Web
// Token. The string may come from anyone: it is decoded within bounds of size and time,
// nothing is fetched, and no signature is checked.
package inside
