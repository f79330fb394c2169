// Package pagetest opens the built page in Chromium and uses it as a visitor would. It holds no tests: those are in the
// packages below it, by what of the page they use. Each of them starts one browser, in which every visit is a tab, and
// all share one built site.
//
//	start    how the page opens: windows, addresses, hosts without headers, offline, what a browser may lack
//	access   screen readers, keys, languages
//	run      training, time line, settings, comparison, lesson
//	kept     runs that the browser keeps, and what is damaged in them
//	rooms    what the rooms show
//	files    what is saved and opened
//	owndata  pictures and tables of one's own, dropped, chosen or from the camera
//	live     the page on a run that a native process carries
//	gpu      training on the visitor's GPU
//	life     fast steps, memory, Workers that hang or crash
//	figures  tables, screenshots, and what takes long
//
// A new test is a function in a file of its own in one of these packages:
//
//	func TestPause(t *testing.T) {
//		p := pagetest.Open(t, pagetest.Desktop, pagetest.Small+"&autostart=0") // or another query
//		p.Started()
//		p.Click("step")
//		p.Until("ganvas.status().step === 1")
//		if words := p.Text("play"); words == "" { … }
//		p.NoErrors()
//	}
//
// It skips itself where there is no Chromium; the headless shell (Debian's chromium-headless-shell) is quicker and goes before it. Let it take a few seconds: a page that need not train starts with autostart=0
// and makes the steps that it needs with ganvas.step(n), networks are as small as Small's, and what the page will do is waited
// for with Until and never by time. What takes longer than some ten seconds is named TestLong… and begins with longtest.Test(t) of
// ganvas/core/longtest: it runs where GANVAS_LONG is set, as in .ci/run. A new package needs
//
//	func TestMain(m *testing.M) { pagetest.Main(m) }
//
// which closes its browser. With GANVAS_PICTURES naming a folder, Look writes screenshots into it.
package pagetest
