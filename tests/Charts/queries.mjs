// Parses the queries of dashboards and rules: node queries.mjs FILE…. For each query a line of JSON: its file, the query with Grafana's variables put
// in, the names of its metrics and of the labels that it asks for; metrics is null when it cannot be parsed.
import { readFileSync } from 'node:fs';
import { parser } from '@prometheus-io/lezer-promql';
import { parse } from 'yaml';

for (const file of process.argv.slice(2)) {
  for (const query of queriesOf(file)) {
    // What Grafana puts in; a dashboard may use no other variables of time.
    const asked = query
      .replaceAll('$__rate_interval', '1m').replaceAll('$__range', '1h')
      .replaceAll('"$job"', '".*"').replaceAll('"$route"', '".*"');
    console.log(JSON.stringify({ file, query: asked, ...namesIn(asked) }));
  }
}

function namesIn(query) {
  const [metrics, labels] = [new Set(), new Set()];
  let broken = query.includes('$');
  parser.parse(query).iterate({
    enter: node => {
      if (node.type.isError) broken = true;
      if (node.name === 'LabelName') labels.add(query.slice(node.from, node.to));
      if (node.name === 'VectorSelector') {
        const name = node.node.getChild('Identifier');
        if (name) metrics.add(query.slice(name.from, name.to));
        else broken = true;
      }
    },
  });
  return { metrics: broken ? null : [...metrics], labels: [...labels] };
}

function* queriesOf(file) {
  const document = parse(readFileSync(file, 'utf8'));
  if (file.endsWith('.yaml')) {
    for (const group of document.groups) for (const rule of group.rules) yield rule.expr.trim();
    return;
  }
  for (const panel of document.panels) {
    for (const target of panel.targets ?? []) if (target.datasource.type === 'prometheus') yield target.expr;
  }
  for (const variable of document.templating.list) {
    const values = variable.type === 'query' && /^label_values\((.*), \w+\)$/.exec(variable.query.query);
    if (values) yield values[1];
  }
}
