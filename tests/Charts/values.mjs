// Holds values against the chart's schema, as Helm does: node values.mjs SCHEMA VALUES. Each line of VALUES is one set, as JSON; each line of the
// output is "accepted", or "refused" and why.
import { readFileSync } from 'node:fs';
import Ajv from 'ajv';

const [schema, values] = process.argv.slice(2).map(path => readFileSync(path, 'utf8'));
const validate = new Ajv({ strict: true, strictRequired: false, strictTypes: false, allowUnionTypes: true, allErrors: true }).compile(JSON.parse(schema));
for (const one of values.split('\n').filter(line => line)) {
  console.log(validate(JSON.parse(one)) ? 'accepted' : `refused ${validate.errors.map(error => `${error.instancePath} ${error.message}`).join('; ')}`);
}
