// Package live puts a native run behind WebSockets: pages watch it, and one of them at a time drives it. They speak what the
// page's own trainer speaks, the events of package wire and the commands of package session.
//
//	hub.go      who is there, who drives, and what is told to whom; the run never waits for any of them
//	asks.go     commands: who may give which, and their answers on the way back
//	queue.go    what is on its way to one viewer, bounded
//	memory.go   what somebody who joins is told of the run until now
//	viewer.go   one connection
//	frame.go    messages as they go over it
//	server.go   HTTP: the socket, the page, and who is let in
//	relay.go    sockets of other processes, for a page that shows several runs
package live

import "time"

// Bounds on what a viewer may ask and on what waits for it.
const (
	mostViewers = 64
	mostHello   = 4 << 10   // bytes of the first message, from whoever it may be
	mostLook    = 16 << 20  // bytes of a message from somebody who only looks
	mostDrive   = 640 << 20 // and from the one who drives: whole data sets
	mostWaiting = 64        // commands of one viewer that are not answered yet,
	mostLooking = 8         // of one that only looks
	piece       = 1 << 20   // bytes beside one message
	mostQueued  = 1024      // messages on their way to one viewer
	mostPoints  = 20_000    // steps among them
	perSecond   = 100       // messages that are read from a viewer, after a first burst of twice as many
)

// most is how many bytes a message may have, from somebody who may drive or not.
func most(may bool) int64 {
	if may {
		return mostDrive
	}
	return mostLook
}

// waits are how long a hub waits for its viewers.
type waits struct {
	greeting time.Duration // in which a connection says who it is
	stalled  time.Duration // in which a viewer takes a message
	beat     time.Duration // between signs of life: proxies cut connections on which nothing has moved for half a minute
	flushing time.Duration // in which viewers are told the last when the hub closes
}

// usual is every hub's but in tests.
var usual = waits{greeting: 10 * time.Second, stalled: 15 * time.Second, beat: 10 * time.Second, flushing: 2 * time.Second}

// Codes with which a socket is closed, beside the protocol's own: the page tells by them whether to try again.
const (
	closeToken  = 4401 // wrong token, or none
	closeFull   = 4429 // too many viewers
	closeBehind = 4408 // the viewer did not take what was sent
	closeOver   = 4410 // the process has ended as it was to
)

// version of the conversation, which both ends must have alike.
const version = 2
