package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"text/template"

	"gopkg.in/yaml.v3"
)

// chart is what was read of a chart before anything is rendered.
type chart struct {
	root   string
	meta   object
	values object
}

// document is one manifest that came out.
type document struct{ source, text string }

func readChart(root string, valueFiles, sets []string) (*chart, error) {
	meta, err := readYaml(filepath.Join(root, "Chart.yaml"))
	if err != nil {
		return nil, err
	}
	values, err := readYaml(filepath.Join(root, "values.yaml"))
	if err != nil {
		return nil, err
	}
	for _, file := range valueFiles {
		more, err := readYaml(file)
		if err != nil {
			return nil, err
		}
		values = overlay(values, more)
	}
	for _, set := range sets {
		more, err := readSet(set)
		if err != nil {
			return nil, err
		}
		values = overlay(values, more)
	}
	return &chart{root, meta, values}, nil
}

func (c *chart) render(release, namespace string) ([]document, error) {
	root := template.New("chart").Option("missingkey=zero")
	root.Funcs(functions(root))
	names, err := c.templates()
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		text, err := os.ReadFile(filepath.Join(c.root, name))
		if err != nil {
			return nil, err
		}
		if _, err := root.New(c.named(name)).Parse(string(text)); err != nil {
			return nil, err
		}
	}

	documents, seen := []document{}, map[string]string{}
	for _, name := range names {
		if strings.HasPrefix(filepath.Base(name), "_") {
			continue
		}
		out := &bytes.Buffer{}
		if err := root.ExecuteTemplate(out, c.named(name), c.top(name, release, namespace)); err != nil {
			return nil, err
		}
		if strings.Contains(out.String(), "<no value>") || strings.Contains(out.String(), "%!") {
			return nil, fmt.Errorf("%s: a value that is not defined shows:\n%s", name, out)
		}
		if filepath.Base(name) == "NOTES.txt" {
			continue
		}
		more, err := documentsOf(name, out.String(), seen)
		if err != nil {
			return nil, err
		}
		documents = append(documents, more...)
	}
	if len(documents) == 0 {
		return nil, errors.New("the chart renders no document")
	}
	return documents, nil
}

// documentsOf reads what a file rendered. A file may render nothing at all; what it renders is whole.
func documentsOf(name, text string, seen map[string]string) ([]document, error) {
	documents := []document{}
	if strings.TrimSpace(text) == "" {
		return documents, nil
	}
	for decoder := yaml.NewDecoder(strings.NewReader(text)); ; {
		var one object
		err := decoder.Decode(&one)
		if errors.Is(err, io.EOF) {
			return documents, nil
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w\n%s", name, err, text)
		}
		metadata, _ := one["metadata"].(object)
		title, _ := metadata["name"].(string)
		kind, _ := one["kind"].(string)
		version, _ := one["apiVersion"].(string)
		if title == "" || kind == "" || version == "" {
			return nil, fmt.Errorf("%s: a document is empty or lacks apiVersion, kind or metadata.name:\n%s", name, text)
		}
		if other, twice := seen[kind+"/"+title]; twice {
			return nil, fmt.Errorf("%s: %s %s was rendered by %s already", name, kind, title, other)
		}
		seen[kind+"/"+title] = name
		documents = append(documents, document{name, toYaml(one)})
	}
}

// top is what templates see as the dot.
func (c *chart) top(name, release, namespace string) object {
	about := object{"Type": "application", "IsRoot": true}
	for key, value := range c.meta {
		about[strings.ToUpper(key[:1])+key[1:]] = value
	}
	return object{
		"Values": c.values, "Chart": about, "Files": filesOf(c.root), "Subcharts": object{},
		"Release": object{"Name": release, "Namespace": namespace, "Service": "Helm", "IsInstall": true, "IsUpgrade": false, "Revision": 1},
		"Capabilities": object{
			"KubeVersion": object{"Version": "v1.33.0", "Major": "1", "Minor": "33", "GitVersion": "v1.33.0"},
			"APIVersions": apiVersions{"v1", "apps/v1", "policy/v1", "autoscaling/v2", "networking.k8s.io/v1", "monitoring.coreos.com/v1"},
			"HelmVersion": object{"Version": "v3.17.0"},
		},
		"Template": object{"Name": c.named(name), "BasePath": c.named("templates")},
	}
}

func (c *chart) named(name string) string { return filepath.Join(fmt.Sprint(c.meta["name"]), name) }

func (c *chart) templates() ([]string, error) {
	names := []string{}
	err := filepath.Walk(filepath.Join(c.root, "templates"), func(path string, info os.FileInfo, err error) error {
		if err == nil && !info.IsDir() {
			name, _ := filepath.Rel(c.root, path)
			names = append(names, name)
		}
		return err
	})
	sort.Strings(names)
	return names, err
}
