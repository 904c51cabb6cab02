// A client that knows of the API only what its OpenAPI document says: it finds operations by their ids, sends parameters where the document
// puts them, and holds every answer against the schema that the document gives for its status and media type.
import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

export async function connect(server, token) {
  const document = await (await fetch(new URL('/api/v1/openapi.json', server), { headers: { authorization: `Bearer ${token}` } })).json();
  return new Client(server, token, document);
}

export class Client {
  constructor(server, token, document) {
    Object.assign(this, { server, token, document, seen: new Set() });
    this.ajv = new Ajv2020({ strict: false, allErrors: true });
    addFormats(this.ajv);
    this.ajv.addSchema(document, 'api');
    this.validators = new Map();
  }

  as(token) {
    return new Client(this.server, token, this.document);
  }

  find(id) {
    for (const [path, item] of Object.entries(this.document.paths))
      for (const [method, operation] of Object.entries(item))
        if (operation.operationId === id) return { path, method, operation };
    throw new Error(`the document has no operation ${id}`);
  }

  request(id, parameters = {}, body = undefined) {
    const { path, method, operation } = this.find(id);
    const headers = { authorization: `Bearer ${this.token}` };
    const query = new URLSearchParams();
    let target = path;
    for (const [name, value] of Object.entries(parameters)) {
      const described = (operation.parameters ?? []).find(one => one.name === name);
      if (!described) throw new Error(`${id} has no parameter ${name}`);
      if (described.in === 'path') target = target.replace(`{${name}}`, encodeURIComponent(value));
      else if (described.in === 'header') headers[name] = value;
      else for (const one of [value].flat()) query.append(name, one);
    }
    if (operation.requestBody) headers['content-type'] = Object.keys(operation.requestBody.content)[0];
    if (body !== undefined && operation.requestBody) this.check(operation.requestBody.content['application/json'].schema, body, `${id}: the body sent`);
    const url = new URL(target + (query.size > 0 ? `?${query}` : ''), this.server);
    return { url, operation, init: { method: method.toUpperCase(), headers, body: body === undefined ? undefined : JSON.stringify(body) } };
  }

  // The answer as {status, headers, json}; it has to be one that the document knows.
  async call(id, parameters, body) {
    const { url, operation, init } = this.request(id, parameters, body);
    const response = await fetch(url, init);
    const described = operation.responses[response.status];
    if (!described) throw new Error(`${id}: the document knows no ${response.status}: ${await response.text()}`);
    const type = (response.headers.get('content-type') ?? '').split(';')[0];
    const content = described.content?.[type];
    if (!content) throw new Error(`${id}: the document knows no ${type} with ${response.status}`);
    this.seen.add(`${id} ${response.status}`);
    const text = await response.text();
    if (type.endsWith('json') && type !== 'application/x-ndjson') {
      const json = JSON.parse(text);
      this.check(content.schema, json, `${id}: the answer`);
      return { status: response.status, headers: response.headers, json };
    }
    const lines = text.split('\n').filter(line => line).map(line => JSON.parse(line));
    for (const line of lines) this.check(content.schema['x-item'], line, `${id}: a line`);
    return { status: response.status, headers: response.headers, lines };
  }

  // Server-sent events, one by one, as {id, event, data}; data is held against its schema.
  async *listen(id, parameters = {}) {
    const { url, operation, init } = this.request(id, parameters);
    const response = await fetch(url, init);
    if (response.status !== 200) throw new Error(`${id}: ${response.status}`);
    const item = operation.responses[200].content['text/event-stream'].schema['x-item'];
    let rest = '';
    for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
      rest += chunk;
      for (let end; (end = rest.indexOf('\n\n')) >= 0; rest = rest.slice(end + 2)) {
        const fields = Object.fromEntries(rest.slice(0, end).split('\n').map(line => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]));
        if (fields.data.startsWith('{')) this.check(item, JSON.parse(fields.data), `${id}: an event`);
        yield fields;
      }
    }
  }

  check(schema, value, what) {
    const key = JSON.stringify(schema);
    if (!this.validators.has(key)) this.validators.set(key, this.ajv.compile(JSON.parse(key.replaceAll('"#/', '"api#/'))));
    const validate = this.validators.get(key);
    if (!validate(value)) throw new Error(`${what} is not as the document says: ${this.ajv.errorsText(validate.errors)}\n${JSON.stringify(value).slice(0, 2000)}`);
  }
}
