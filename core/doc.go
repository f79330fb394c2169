// Package core is the map of the GAN that every program of this project shares. It holds no code.
//
//	sample    what one sample is: a picture of some channels, or a point of the plane; its shape goes through all the others
//	config    the recipe: one table of fields for flags, controls, addresses and checkpoints; presets
//	near      which name somebody meant
//	wire      events out, the same for page, command line, log and tests
//	rng       named random streams from one seed
//	weights   safetensors and number types; weights/pth reads and writes PyTorch's files, weights/npz writes NumPy's
//	pickle    values of Python pickles, read without running anything
//	zipstore  ZIP files whose parts are not compressed
//	tape      how a generator learned, told in few bytes
//	data      data sets, the table of them, and the order an epoch goes through them; data/folder reads files, data/mnist finds the digits
//	latent    noise: the plane through three of a generator's inputs, the way between two, noise as bytes
//	img       samples as grids and films; img/imgfile writes PNG, GIF and NumPy files of them, img/imgread decodes anybody's pictures within bounds
//	disk      files that people name: regular ones, of a size that is known before they are read
//	f32       matrix products and vector passes: plain Go, Go's SIMD, whatever Use puts there
//	winograd  convolutions with half the multiplications
//	net       layers as descriptions for every engine: shapes, parameters, names; it computes nothing
//	optim     update rules as descriptions
//	engine    what computes: networks, passes, penalties, optimizers; engine/cpu is ours, with its operations in engine/cpu/ops; engine/gpu computes on any GPU that a program reaches by a Device; engine/enginetest is what all must pass
//	arch      the families both networks come from and the norms in them: what each takes, and its networks as descriptions
//	loss      the games that two networks can play: both losses, penalties, what their values mean
//	gan       both networks made, the training step, sampling
//	run       one run: data order, random numbers, epochs, the guard, checkpoints; run/foreign makes checkpoints of generators that other
//	          programs trained; run/runtest makes small ones for tests
//	quality   how good a run's images are: measured on the way or all at once; quality/metrics one measure a file, quality/judge
//	          the classifier of digits that they are measured with (judge/trained holds its weights), quality/likeness what
//	          measures pictures that no judge knows, quality/doctor how a run
//	          is in one sentence
//	session   what a page talks to: commands and events, one command a file; groups that share batches
//	export    generators given away: as ONNX, for PyTorch, for NumPy
//	past      what a run remembers of itself: pictures, whole states, measurements, within bounds
//	inspect   what is inside the networks of a run, and how D wishes an image were
//	trace     PyTorch runs replayed
//	sources   what a program is built from, for builds that are kept and tests that start programs
//	longtest  tests that take long and wait to be asked for
//
// Imports point one way: programs (wasm/…, native) → session → run → gan → engine → net → rng. Neither gan nor run knows an
// engine's implementation; each program's main picks one. engine/cpu → engine/cpu/ops → winograd, f32 → gonum's blas. A test
// beside this file holds the arrows.
//
// The life of one step. The trainer takes the next batch's rows from data.Order and draws noise from its streams.
// gan.StepD brings the real rows and the noise into the engine's memory, runs G forward, runs D over real samples and
// over fakes in two passes side by side, and reads the few logits back. The loss, a list of terms computed on those logits, returns its value and
// their gradients; an engine on a GPU computes it there, and what it came to is known some steps later (run.Trainer.Ahead). Two backward passes add up D's parameter gradients (they stop before G), the penalty adds its own,
// and D's optimizer applies them. gan.StepG draws new noise, runs G and D forward, asks D for the gradient at its input
// only, and takes that backward through G. Nothing is allocated on the way. A step is d_steps updates of D and g_steps
// of G; run.Trainer does them one by one or all at once, in any mix, and the run is the same.
package core
