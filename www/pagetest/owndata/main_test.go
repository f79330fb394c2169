package owndata

import (
	"testing"

	"ganvas/www/pagetest"
)

func TestMain(m *testing.M) { pagetest.Main(m) }
