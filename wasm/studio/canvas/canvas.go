// Package canvas is what the studio's rooms share: the pen, the theme, and what a room is. It is built for the browser only.
package canvas
