// Package libtorchtest makes folders that look like a libtorch to what only looks: libraries without code that name what
// they need and what they define.
package libtorchtest

import (
	"bytes"
	"debug/elf"
	"encoding/binary"
	"os"
	"path/filepath"
	"testing"
)

// Parts is the files that every libtorch has, by their paths below its folder.
func Parts(cuda bool) map[string][]byte {
	parts := map[string][]byte{
		"version.py": []byte("__version__ = '2.1.0+cu121'\n"),
		"include/torch/csrc/api/include/torch/torch.h": nil,
		"lib/libc10.so":       Shared(nil, "_ZN3c105ErrorC1ENS_14SourceLocationESs"),
		"lib/libtorch_cpu.so": Shared([]string{"libc10.so"}),
	}
	if cuda {
		parts["lib/libtorch_cuda.so"] = Shared([]string{"libtorch_cpu.so", "libcudart.so.12"})
		parts["../nvidia/cuda_runtime/lib/libcudart.so.12"] = Shared(nil)
	}
	return parts
}

// Made writes a libtorch into a new folder and returns that.
func Made(t testing.TB, cuda bool) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "torch")
	Write(t, dir, Parts(cuda))
	return dir
}

// Write puts files below a folder.
func Write(t testing.TB, dir string, parts map[string][]byte) {
	t.Helper()
	for name, content := range parts {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, content, 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

// Chosen makes a libtorch the one that setup has settled on, in a cache folder of the test's own.
func Chosen(t testing.TB, dir string, cuda bool) {
	t.Helper()
	cache, device := t.TempDir(), "cpu"
	if cuda {
		device = "cuda"
	}
	t.Setenv("XDG_CACHE_HOME", cache)
	t.Setenv("LIBTORCH", "")
	Write(t, filepath.Join(cache, "ganvas", "libtorch"), map[string][]byte{"chosen": []byte(device + "\nfetched by setup\n" + dir + "\n")})
}

// Shared is a shared library for x86-64 that needs those libraries and defines those symbols.
func Shared(needs []string, defines ...string) []byte {
	const header, section = 64, 64
	names := []byte{0}
	name := func(s string) uint64 {
		at := len(names)
		names = append(append(names, s...), 0)
		return uint64(at)
	}
	var dynamic, symbols bytes.Buffer
	put := func(b *bytes.Buffer, v any) {
		if err := binary.Write(b, binary.LittleEndian, v); err != nil {
			panic("libtorchtest: a structure of fixed size always encodes")
		}
	}
	for _, n := range needs {
		put(&dynamic, elf.Dyn64{Tag: int64(elf.DT_NEEDED), Val: name(n)})
	}
	put(&dynamic, elf.Dyn64{Tag: int64(elf.DT_NULL)})
	put(&symbols, elf.Sym64{})
	for _, d := range defines {
		put(&symbols, elf.Sym64{Name: uint32(name(d)), Info: elf.ST_INFO(elf.STB_GLOBAL, elf.STT_FUNC), Shndx: 1})
	}
	sections := []struct {
		kind elf.SectionType
		size uint64 // of an entry
		data []byte
	}{{}, {elf.SHT_STRTAB, 0, names}, {elf.SHT_DYNAMIC, 16, dynamic.Bytes()}, {elf.SHT_DYNSYM, 24, symbols.Bytes()}}

	var file, table bytes.Buffer
	at := uint64(header + len(sections)*section)
	for _, s := range sections {
		h := elf.Section64{Type: uint32(s.kind), Off: at, Size: uint64(len(s.data)), Entsize: s.size}
		if s.size > 0 {
			h.Link = 1 // the table of names
		}
		put(&table, h)
		at += uint64(len(s.data))
	}
	h := elf.Header64{Type: uint16(elf.ET_DYN), Machine: uint16(elf.EM_X86_64), Version: 1, Shoff: header, Ehsize: header,
		Shentsize: section, Shnum: uint16(len(sections)), Shstrndx: 1}
	copy(h.Ident[:], elf.ELFMAG)
	h.Ident[elf.EI_CLASS], h.Ident[elf.EI_DATA], h.Ident[elf.EI_VERSION] = byte(elf.ELFCLASS64), byte(elf.ELFDATA2LSB), byte(elf.EV_CURRENT)
	put(&file, h)
	file.Write(table.Bytes())
	for _, s := range sections {
		file.Write(s.data)
	}
	return file.Bytes()
}
