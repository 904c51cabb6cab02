// The other side of bench/teams: a connector of Teams that takes cards and hands them on, and an upstream that answers at once.
import http from "node:http";

const [mode, ...given] = process.argv.slice(2);
const tenant = "abcdefab-0000-4000-8000-000000000001";
const grace = "abcdefab-0000-4000-8000-000000000011";

const listen = handler => new Promise(resolve => {
  const server = http.createServer((request, response) => {
    const parts = [];
    request.on("data", part => parts.push(part));
    request.on("end", () => handler(request, Buffer.concat(parts).toString(), response));
  });
  server.listen(0, "127.0.0.1", () => resolve({ server, url: `http://127.0.0.1:${server.address().port}` }));
});

if (mode === "upstream") {
  const { url } = await listen((request, body, response) => response.end("done"));
  console.log(`listens ${url}`);
} else {
  const [agents, control, key, count] = given;
  const shown = new Map();
  let posted = 0;
  const { server, url } = await listen((request, body, response) => {
    const id = `card-${++posted}`;
    const at = performance.now();
    if (request.method === "POST") {
      const card = JSON.parse(body).attachments[0].content;
      const charge = /ch_\d+/.exec(JSON.stringify(card))[0];
      setImmediate(() => shown.get(charge)({ id, at, data: card.actions.find(action => action.verb === "approve").data }));
    }
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ id }));
  });
  let activities = 0;
  const send = async activity => {
    const answer = await fetch(`${control}/api/messages`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({
        id: `activity-${++activities}`, timestamp: new Date().toISOString(), channelId: "msteams", serviceUrl: `${url}/`,
        from: { id: "29:grace", aadObjectId: grace }, recipient: { id: "28:bot" },
        conversation: { id: "a:chat", conversationType: "personal", tenantId: tenant }, channelData: { tenant: { id: tenant } }, ...activity,
      }),
    });
    if (answer.status !== 200) throw new Error(`${answer.status} ${await answer.text()}`);
  };
  await send({ type: "installationUpdate", action: "add" });

  const figures = { card: [], release: [] };
  for (let call = 0; call < Number(count) + 5; call++) {
    const card = new Promise(resolve => shown.set(`ch_${call}`, resolve));
    const asked = performance.now();
    const answered = fetch(`${agents}/payments/charges/ch_${call}/refunds`, {
      method: "POST", headers: { "AiAccess-Token": key, "content-type": "application/json" }, body: '{"amount":12000,"currency":"EUR"}',
    });
    const { id, at, data } = await card;
    const clicked = performance.now();
    await send({ type: "invoke", name: "adaptiveCard/action", replyToId: id, value: { action: { type: "Action.Execute", verb: "approve", data }, trigger: "manual" } });
    const answer = await answered;
    const text = await answer.text();
    if (answer.status !== 200) throw new Error(`${answer.status} ${text}`);
    // The first ones compile.
    if (call >= 5) (figures.card.push(at - asked), figures.release.push(performance.now() - clicked));
  }
  const of = (all, part) => all.sort((one, other) => one - other)[Math.min(all.length - 1, Math.floor(all.length * part))].toFixed(0);
  for (const [name, all] of [["call to card", figures.card], ["click to the call's answer", figures.release]])
    console.log(`${name}: p50 ${of(all, 0.5)} ms, p99 ${of(all, 0.99)} ms, worst ${of(all, 1)} ms (${all.length})`);
  server.closeAllConnections();
  server.close();
}
