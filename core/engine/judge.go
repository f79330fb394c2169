package engine

import "ganvas/core/loss"

// Judging is an engine that computes losses where its numbers are, so that an update need not wait for any of them. Engines need not be.
type Judging interface {
	// Judge is for batches of that many rows, of each of which D says as many numbers.
	Judge(rows, outputs int) (Judge, error)
}

// Judge computes losses and keeps what they come to, one report after the other, until they are taken.
type Judge interface {
	Released
	// Judge fills the case's gradients.
	Judge(c Case)
	// Send has the last case's report, and what penalties (1, 1) come to as they are now, brought to the host. It waits where many are
	// on their way.
	Send(penalties []Array)
	// Take is the oldest report that was not taken yet, if it has come; with wait it is waited for. One must have been sent.
	Take(wait bool) (Report, bool)
}

// Case is what D says (rows, outputs) of a batch, and where a loss's gradients go.
type Case struct {
	Loss                   *loss.Row
	D                      bool    // D's loss, else G's
	Real, Fake             Array   // Real is nil where G's loss does not ask
	DReal, DFake           Array   // DReal is nil for G's
	RealLabels, FakeLabels []int32 // (rows) where D has more outputs than one, the others being a class head
	Smoothing, Drift       float64 // as in loss.Scores
}

// Report is what was made of a case. Of G's loss there is no more than Loss.
type Report struct {
	Loss         float64 // with the class head's and penalties
	PReal, PFake float64 // means of sigmoid(D)
	SReal, SFake float64 // means of D
	Right        float64 // as of loss.Row
}
