// Holds documents against a JSON schema: node check.mjs SCHEMA DOCUMENTS. Each line of DOCUMENTS is one, as JSON; each line of the output is
// "accepted", or "refused" and why.
import { readFileSync } from 'node:fs';
import Ajv from 'ajv/dist/2020.js';

const [schema, documents] = process.argv.slice(2).map(path => readFileSync(path, 'utf8'));
// Conditions on which keys stand together name keys, and types, that the schema around them states.
const validate = new Ajv({ strict: true, strictRequired: false, strictTypes: false, allowUnionTypes: true, allErrors: true }).compile(JSON.parse(schema));
for (const document of documents.split('\n').filter(line => line)) {
  console.log(validate(JSON.parse(document)) ? 'accepted' : `refused ${validate.errors.map(error => `${error.instancePath} ${error.message}`).join('; ')}`);
}
