// Renders Adaptive Cards with Microsoft's own renderer, as clients do that render Markdown where the format has it: node render.mjs CARDS. Each line of
// CARDS is one card, as JSON; each line of the output is what stands and can be done on it, as JSON.
import { createReadStream } from 'node:fs';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { JSDOM } from 'jsdom';
import MarkdownIt from 'markdown-it';

const { window } = new JSDOM('<!doctype html>', { url: 'https://cards.test/' });
for (const name of Object.getOwnPropertyNames(window)) if (!(name in globalThis)) globalThis[name] = window[name];
// jsdom has none, as it lays nothing out; no text that is put there has lines.
Object.defineProperty(window.HTMLElement.prototype, 'innerText', { get() { return this.textContent; }, set(text) { this.textContent = text; } });
// Bundled: its modules name each other in a way that node does not resolve.
const { AdaptiveCard } = createRequire(import.meta.url)('adaptivecards/dist/adaptivecards.js');

// As generous as any client: links out of bare addresses, HTML as it stands.
const markdown = new MarkdownIt({ html: true, linkify: true, breaks: true });
AdaptiveCard.onProcessMarkdown = (text, result) => {
  result.outputHtml = markdown.render(text);
  result.didProcess = true;
};

const runsOf = element => Array.isArray(element) ? element.flatMap(runsOf)
  : element && typeof element === 'object' ? [...element.type === 'TextRun' ? [element.text] : [], ...Object.values(element).flatMap(runsOf)] : [];

// Tags and attributes of all that is there, without the words. Ids that the renderer makes up count on.
const shapeOf = element => {
  const attributes = [...element.attributes].filter(one => !/^(id|for|aria-labelledby|aria-controls|aria-owns)$/.test(one.name)).map(one => `${one.name}=${one.value}`);
  return `<${[element.localName, ...attributes].join(' ')}>${[...element.children].map(shapeOf).join('')}</>`;
};

const actionOf = action => ({ type: action.getJsonTypeName(), title: action.title, verb: action.verb, url: action.url, data: action.data, targets: action.getJsonTypeName() === 'Action.ToggleVisibility' ? Object.keys(action.targetElements) : undefined });

for await (const line of createInterface({ input: createReadStream(process.argv[2]) })) {
  const source = JSON.parse(line);
  const card = new AdaptiveCard();
  card.parse(source);
  const dom = card.render();
  document.body.replaceChildren(dom);
  const clicked = [];
  card.onExecuteAction = action => clicked.push(actionOf(action));
  const buttons = [...dom.querySelectorAll('button')];
  for (const button of buttons) button.click();
  console.log(JSON.stringify({
    runs: runsOf(source), text: [...dom.querySelectorAll('div.ac-richTextBlock > .ac-textRun')].map(run => run.textContent),
    tags: [...new Set([...dom.querySelectorAll('*')].map(element => element.localName))].sort(),
    inputs: dom.querySelectorAll('input, textarea, select, [contenteditable]').length,
    links: [...dom.querySelectorAll('[href], [src], [srcset], [action], [formaction], [data], [style*="url("]')].map(element => element.outerHTML),
    buttons: buttons.map(button => button.textContent), clicked, shape: shapeOf(dom),
  }));
}
