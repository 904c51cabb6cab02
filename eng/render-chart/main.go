// Renders a Helm chart as Helm does (Go templates, Sprig, Helm's own functions), for machines without helm. See ../render-chart.sh.
//
// It is stricter than Helm: a value that is not defined, a document that is empty or lacks its name, two documents of one name, a key that
// stands twice, and a template file that holds nothing it could ever render all end it with 1 and the reason.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
)

type object = map[string]interface{}

// list is an option that may be given several times.
type list []string

func (l *list) String() string     { return fmt.Sprint(*l) }
func (l *list) Set(v string) error { *l = append(*l, v); return nil }

func main() {
	var files, sets list
	flag.Var(&files, "f", "a file of values, over those of the chart; the later before the earlier")
	flag.Var(&sets, "set", "one value over all files: key.path=value")
	release := flag.String("release", "test", "the name of the release")
	namespace := flag.String("namespace", "default", "the namespace")
	onlyValues := flag.Bool("values", false, "print the values that hold, as JSON, and render nothing")
	flag.Parse()
	if flag.NArg() != 1 {
		end(fmt.Errorf("usage: render-chart [-f VALUES]… [-set key.path=value]… [-release NAME] [-namespace NS] [-values] CHART"))
	}
	chart, err := readChart(flag.Arg(0), files, sets)
	end(err)
	if *onlyValues {
		end(json.NewEncoder(os.Stdout).Encode(chart.values))
		return
	}
	documents, err := chart.render(*release, *namespace)
	end(err)
	for _, one := range documents {
		fmt.Printf("---\n# Source: %s\n%s\n", one.source, one.text)
	}
}

func end(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "render-chart:", err)
		os.Exit(1)
	}
}
