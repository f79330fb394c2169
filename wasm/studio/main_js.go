// Command studio draws what a training run reports, in a window of its own inside the page.
package main

import (
	"github.com/hajimehoshi/ebiten/v2"

	"ganvas/wasm/bridge"
)

func main() {
	s := newStudio()
	kept := bridge.Studio(bridge.Listener{Event: s.event, Tell: s.tell, Look: s.look, Enter: s.enter, Pointer: s.pointer, Zoom: s.zoom, Keep: s.keep})
	s.restore(kept)
	ebiten.SetScreenClearedEveryFrame(false)
	ebiten.SetTPS(ebiten.SyncWithFPS)
	ebiten.SetFPSMode(ebiten.FPSModeVsyncOffMinimum) // frames are asked for: studio.sleep
	bridge.StudioReady()
	if err := ebiten.RunGameWithOptions(s, &ebiten.RunGameOptions{InitUnfocused: true}); err != nil {
		bridge.CallPage("failed", err.Error())
	}
}
