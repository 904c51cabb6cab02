package main

import (
	"encoding/base64"
	"os"
	"path"
	"path/filepath"
	"strings"
)

// files is Helm's .Files: what lies in the chart beside its templates, by path.
type files map[string]interface{}

func filesOf(root string) files {
	found := files{}
	_ = filepath.Walk(root, func(path string, info os.FileInfo, err error) error {
		if err != nil || info.IsDir() {
			return err
		}
		name, _ := filepath.Rel(root, path)
		if !strings.HasPrefix(name, "templates"+string(filepath.Separator)) {
			text, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			found[name] = text
		}
		return nil
	})
	return found
}

func (f files) Get(name string) string {
	text, _ := f[name].([]byte)
	return string(text)
}

func (f files) Lines(name string) []string {
	return strings.Split(strings.TrimSuffix(f.Get(name), "\n"), "\n")
}

func (f files) Glob(pattern string) files {
	found := files{}
	for name, text := range f {
		if matches, _ := path.Match(pattern, name); matches {
			found[name] = text
		}
	}
	return found
}

func (f files) AsConfig() string {
	return f.as(func(text []byte) string { return string(text) })
}

func (f files) AsSecrets() string {
	return f.as(base64.StdEncoding.EncodeToString)
}

func (f files) as(encode func([]byte) string) string {
	all := object{}
	for name, text := range f {
		all[path.Base(name)] = encode(text.([]byte))
	}
	return toYaml(all)
}

// apiVersions is Helm's .Capabilities.APIVersions.
type apiVersions []string

func (a apiVersions) Has(version string) bool {
	for _, one := range a {
		if one == version {
			return true
		}
	}
	return false
}
