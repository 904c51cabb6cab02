namespace AiAccessProxy.EndToEnd.Attacks;

/// <summary>What a page can make a browser send to another site: run in the page, it sends everything to each of some targets.</summary>
internal static class Forgery
{
    /// <summary>Gives how many requests it made and which of them it could read the answer of.</summary>
    public const string Script = """
        async ({ console, targets, token }) => {
          const forms = ['application/x-www-form-urlencoded', 'multipart/form-data', 'text/plain'];
          let made = 0; const read = [];
          const form = `vote=approve&reason=x&confirm=yes&key=x&to=/&token=${token}`, json = '{"vote":"approve","reason":"x"}';
          const ask = async (what, url, options) => {
            made++;
            try { const answer = await fetch(url, { credentials: 'include', ...options }); if (answer.type !== 'opaque' && answer.type !== 'opaqueredirect') read.push(`${what} ${url}: ${answer.status}`); } catch { }
          };
          for (const target of targets) {
            const url = console + target;
            for (const body of [form, json]) {
              for (const type of forms) await ask('no-cors', url, { method: 'POST', mode: 'no-cors', body, headers: { 'content-type': type } });
              for (const type of [...forms, 'application/json']) await ask('cors', url, { method: 'POST', body, headers: { 'content-type': type } });
              await ask('blob', url, { method: 'POST', mode: 'no-cors', body: new Blob([body]) });
              made++; navigator.sendBeacon(url, new Blob([body], { type: forms[0] }));
              made++; navigator.sendBeacon(url, body);
              await ask('keepalive', url, { method: 'POST', mode: 'no-cors', body, keepalive: true, headers: { 'content-type': forms[0] } });
              await ask('redirected', url, { method: 'POST', mode: 'no-cors', body, redirect: 'manual', headers: { 'content-type': forms[0] } });
            }
            await ask('put', url, { method: 'PUT', body: json, headers: { 'content-type': 'application/json' } });
            await ask('override', `${url}?_method=POST&vote=approve&token=${token}`, { mode: 'no-cors' });
            await ask('override', url, { headers: { 'x-http-method-override': 'POST' } });
            await ask('as the script', url, { method: 'POST', body: form, headers: { 'content-type': forms[0], 'aiaccess-live': '1' } });
            const frames = [];
            for (const type of forms) {
              made++;
              const frame = document.createElement('iframe'), sent = document.createElement('form');
              frame.name = `f${made}`;
              Object.assign(sent, { method: 'post', action: url, enctype: type, target: frame.name });
              for (const pair of form.split('&')) { const field = document.createElement('input'); [field.name, field.value] = pair.split('='); sent.append(field); }
              document.body.append(frame, sent);
              const loaded = new Promise(done => { frame.onload = done; setTimeout(done, 3000); });
              sent.submit();
              frames.push(loaded);
            }
            await Promise.all(frames);
            document.body.replaceChildren();
          }
          return { made, read };
        }
        """;

    /// <summary>Sends a form as a whole page, as a click would.</summary>
    public const string TopLevel = """
        ({ url, type, fields }) => {
          const sent = document.createElement('form');
          Object.assign(sent, { method: 'post', action: url, enctype: type });
          for (const [name, value] of Object.entries(fields)) { const field = document.createElement('input'); field.name = name; field.value = value; sent.append(field); }
          document.body.append(sent);
          sent.submit();
        }
        """;

    /// <summary>Puts an address into everything that shows another page within this one.</summary>
    public const string Frames = """
        async urls => {
          const waits = [];
          const add = (tag, source, url, more = {}) => {
            const one = document.createElement(tag);
            for (const [name, value] of Object.entries(more)) one.setAttribute(name, value);
            waits.push(new Promise(done => { one.onload = one.onerror = done; setTimeout(done, 1500); }));
            one[source] = url;
            document.body.append(one);
          };
          for (const url of urls) {
            add('iframe', 'src', url);
            add('iframe', 'src', url, { sandbox: 'allow-scripts allow-same-origin allow-forms' });
            add('iframe', 'src', url, { credentialless: '' });
            add('object', 'data', url, { type: 'text/html' });
            add('embed', 'src', url, { type: 'text/html' });
            add('iframe', 'srcdoc', `<iframe src="${url}"></iframe>`);
            add('iframe', 'src', `data:text/html,<iframe src="${url}"></iframe>`);
          }
          await Promise.all(waits);
          return waits.length;
        }
        """;

    /// <summary>Tries to get hold of what an address says; gives those that it got anything of.</summary>
    public const string Reads = """
        async urls => {
          const got = [];
          const load = (tag, source, url, more = {}) => new Promise(done => {
            const one = Object.assign(document.createElement(tag), more);
            one.onload = () => done(true); one.onerror = () => done(false); setTimeout(() => done(false), 1500);
            one[source] = url;
            document.head.append(one);
          });
          for (const url of urls) {
            for (const options of [{ credentials: 'include' }, {}, { headers: { authorization: 'Bearer x' } }, { headers: { 'aiaccess-live': '1' } }, { method: 'HEAD' }]) {
              try { got.push(`fetch ${url}: ${(await fetch(url, options)).status}`); } catch { }
            }
            try { const opaque = await fetch(url, { mode: 'no-cors', credentials: 'include' }); if (opaque.type !== 'opaque') got.push(`opaque ${url}`); } catch { }
            if (await load('script', 'src', url)) got.push(`script ${url}`);
            if (await load('link', 'href', url, { rel: 'stylesheet' })) got.push(`style ${url}`);
            if (await load('img', 'src', url)) got.push(`image ${url}`);
            await new Promise(done => {
              const stream = new EventSource(url, { withCredentials: true });
              const end = heard => { if (heard) got.push(`stream ${url}`); stream.close(); done(); };
              stream.onopen = () => end(true); stream.onerror = () => end(false); setTimeout(() => end(false), 1500);
            });
          }
          return got;
        }
        """;
}
