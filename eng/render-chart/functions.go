package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"math"
	"text/template"

	"github.com/Masterminds/sprig"
	"gopkg.in/yaml.v3"
)

// functions are Sprig's, less those that Helm takes away, and Helm's own.
func functions(root *template.Template) template.FuncMap {
	all := sprig.TxtFuncMap()
	delete(all, "env")
	delete(all, "expandenv")
	all["toYaml"] = toYaml
	all["fromYaml"] = func(text string) object { return read(text) }
	all["fromYamlArray"] = func(text string) []interface{} {
		read := []interface{}{}
		if err := yaml.Unmarshal([]byte(text), &read); err != nil {
			return []interface{}{err.Error()}
		}
		return asHelmReads(read).([]interface{})
	}
	all["toJson"] = func(value interface{}) string {
		text, err := json.Marshal(value)
		if err != nil {
			return ""
		}
		return string(text)
	}
	all["fromJson"] = func(text string) object {
		read := object{}
		if err := json.Unmarshal([]byte(text), &read); err != nil {
			read["Error"] = err.Error()
		}
		return read
	}
	all["lookup"] = func(...string) object { return object{} }
	all["required"] = func(why string, value interface{}) (interface{}, error) {
		if value == nil || value == "" {
			return value, errors.New(why)
		}
		return value, nil
	}
	all["fail"] = func(why string) (string, error) { return "", errors.New(why) }
	all["include"] = func(name string, data interface{}) (string, error) {
		out := &bytes.Buffer{}
		err := root.ExecuteTemplate(out, name, data)
		return out.String(), err
	}
	all["tpl"] = func(text string, data interface{}) (string, error) {
		copied, err := root.Clone()
		if err != nil {
			return "", err
		}
		one, err := copied.New("tpl").Parse(text)
		if err != nil {
			return "", err
		}
		out := &bytes.Buffer{}
		err = one.Execute(out, data)
		return out.String(), err
	}
	return all
}

func read(text string) object {
	read := object{}
	if err := yaml.Unmarshal([]byte(text), &read); err != nil {
		return object{"Error": err.Error()}
	}
	return asHelmReads(read).(object)
}

func toYaml(value interface{}) string {
	out := &bytes.Buffer{}
	encoder := yaml.NewEncoder(out)
	encoder.SetIndent(2)
	if err := encoder.Encode(asYamlWrites(value)); err != nil {
		return ""
	}
	return string(bytes.TrimSuffix(out.Bytes(), []byte("\n")))
}

// asYamlWrites is a copy with whole numbers as such: Helm's YAML comes by way of JSON, which has 1000000 and not 1e+06.
func asYamlWrites(value interface{}) interface{} {
	switch it := value.(type) {
	case float64:
		if it == math.Trunc(it) && math.Abs(it) < 1e15 {
			return int64(it)
		}
	case object:
		copied := object{}
		for key, one := range it {
			copied[key] = asYamlWrites(one)
		}
		return copied
	case []interface{}:
		copied := make([]interface{}, len(it))
		for at, one := range it {
			copied[at] = asYamlWrites(one)
		}
		return copied
	}
	return value
}
