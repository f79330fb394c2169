package figures

import (
	"testing"

	"ganvas/www/pagetest"
)

func TestMain(m *testing.M) { pagetest.Timed(m) }
