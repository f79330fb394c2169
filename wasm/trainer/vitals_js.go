package main

import "ganvas/core/session"

// vitalsDoing tells the page, through memory that it can read while this program computes, what the program does now;
// www/js/run/vitals.js provides it.
//
//go:wasmimport vitals doing
func vitalsDoing(what uint32)

func tellDoing(what session.Doing) { vitalsDoing(uint32(what)) }
