// Package watch is the room in which a run is watched: fakes and real samples with D's verdict under each, and curves. It
// is built for the browser only; where things go is computed in package scene.
package watch
