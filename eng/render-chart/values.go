package main

import (
	"fmt"
	"os"
	"strings"

	"gopkg.in/yaml.v3"
)

func readYaml(path string) (object, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	read := object{}
	if err := yaml.Unmarshal(text, &read); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return asHelmReads(read).(object), nil
}

func readSet(set string) (object, error) {
	key, text, ok := strings.Cut(set, "=")
	if !ok || key == "" {
		return nil, fmt.Errorf("-set %s: write key.path=value", set)
	}
	var value interface{}
	if err := yaml.Unmarshal([]byte(text), &value); err != nil {
		return nil, fmt.Errorf("-set %s: %w", set, err)
	}
	value = asHelmReads(value)
	keys := strings.Split(key, ".")
	for at := len(keys) - 1; at >= 0; at-- {
		value = object{keys[at]: value}
	}
	return value.(object), nil
}

// asHelmReads makes every number a float64: Helm reads YAML by way of JSON, so that 1000000 in a template without `int` shows as 1e+06.
func asHelmReads(value interface{}) interface{} {
	switch it := value.(type) {
	case int:
		return float64(it)
	case int64:
		return float64(it)
	case uint64:
		return float64(it)
	case object:
		for key, one := range it {
			it[key] = asHelmReads(one)
		}
	case []interface{}:
		for at, one := range it {
			it[at] = asHelmReads(one)
		}
	}
	return value
}

// overlay puts values over others: tables are joined, anything else is replaced, null takes away.
func overlay(under, over object) object {
	for key, value := range over {
		if value == nil {
			delete(under, key)
			continue
		}
		below, isTable := under[key].(object)
		above, isTableToo := value.(object)
		if isTable && isTableToo {
			under[key] = overlay(below, above)
		} else {
			under[key] = value
		}
	}
	return under
}
