// Holds documents against Kubernetes' and the Prometheus operator's schemas: node documents.mjs FILE…. For each document of each file a line:
// "accepted" and the document as JSON, or "refused", its kind and name, and why. Beyond what an API server checks, a field that the schema does not know is refused:
// an API server would drop it without a word.
import { readFileSync } from 'node:fs';
import { parseAllDocuments } from 'yaml';

const packages = { 'monitoring.coreos.com': '@kubernetes-models/prometheus-operator/' };

for (const file of process.argv.slice(2)) {
  for (const parsed of parseAllDocuments(readFileSync(file, 'utf8'))) {
    const wrong = [...parsed.errors.map(error => error.message)];
    const document = parsed.toJS() ?? {};
    if (wrong.length === 0) wrong.push(...await check(document));
    const said = `${document.kind} ${document.metadata?.name}: ${wrong.join('; ').replaceAll('\n', ' ')}`;
    console.log(wrong.length === 0 ? `accepted ${JSON.stringify(document)}` : `refused ${said}`);
  }
}

async function check(document) {
  const { apiVersion, kind } = document;
  if (!apiVersion || !kind || !document.metadata?.name) return ['it is empty, or lacks apiVersion, kind or metadata.name'];
  const path = `${packages[apiVersion.split('/')[0]] ?? 'kubernetes-models/'}${apiVersion}/${kind}`;
  let model;
  try {
    model = (await import(path))[kind];
  } catch {
    return [`there is no ${kind} in ${apiVersion}`];
  }
  const seen = new Map();
  try {
    model.prototype.validate.call(watched(document, seen));
  } catch (failed) {
    return [failed.message];
  }
  return [...unknown(document, seen, '')];
}

// What a schema knows is what its validator looks at.
function watched(value, seen) {
  if (value === null || typeof value !== 'object') return value;
  if (!seen.has(value)) seen.set(value, new Set());
  return new Proxy(value, {
    get(target, key) {
      seen.get(target).add(key);
      return watched(target[key], seen);
    },
  });
}

function* unknown(value, seen, path) {
  if (value === null || typeof value !== 'object') return;
  const looked = seen.get(value);
  // Nobody looked inside: anything may stand there.
  if (!looked || looked.size === 0) return;
  for (const [key, one] of Object.entries(value)) {
    if (!Array.isArray(value) && !looked.has(key)) yield `${path}/${key} is not known`;
    yield* unknown(one, seen, `${path}/${key}`);
  }
}
