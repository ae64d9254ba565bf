// Package chooser asks for the path of a file, which can be typed.
package chooser
