// Live updates, countdowns and keys. Every page works without this file.
"use strict";

(() => {
  const everyMs = 30_000;
  let stream = null, over = false;

  // The server's clock, carried on by the browser's monotonic one: a wrong wall clock changes no countdown.
  let serverNow = Number(document.body.dataset.now || Date.now());
  let heardAt = performance.now();
  const now = () => serverNow + performance.now() - heardAt;
  const hear = (time) => { if (time > 0) { serverNow = time; heardAt = performance.now(); } };

  // The same words as Moment.cs.
  const inWords = (ms) => {
    const s = Math.floor(ms / 1000), min = Math.floor(s / 60), h = Math.floor(min / 60), d = Math.floor(h / 24);
    if (s < 1) return "no time";
    if (min < 1) return `${s} s`;
    if (min < 10) return `${min} min ${s % 60} s`;
    if (h < 1) return `${min} min`;
    if (d < 1) return `${h} h ${min % 60} min`;
    return `${d} d ${h % 24} h`;
  };
  const relative = (ms) => {
    const min = Math.floor(Math.abs(ms) / 60_000), h = Math.floor(min / 60);
    if (min < 1) return ms < 0 ? "just now" : "in a moment";
    const span = h < 1 ? `${min} min` : h < 48 ? `${h} h` : `${Math.floor(h / 24)} d`;
    return ms < 0 ? `${span} ago` : `in ${span}`;
  };
  const countDown = () => {
    for (const one of document.querySelectorAll("[data-deadline]")) {
      const left = Number(one.dataset.deadline) - now();
      one.textContent = `${inWords(left)} left`;
      one.classList.toggle("soon", left < 60_000);
    }
    for (const one of document.querySelectorAll("[data-at]")) one.textContent = relative(Number(one.dataset.at) - now());
  };

  // Pages are asked again as a whole; of the answer only the live parts that differ are taken over.
  const sameAs = (one) => {
    const copy = one.cloneNode(true);
    for (const left of copy.querySelectorAll("[data-deadline]")) { left.textContent = ""; left.classList.remove("soon"); }
    for (const at of copy.querySelectorAll("[data-at]")) at.textContent = "";
    for (const notice of copy.querySelectorAll("[data-problem]")) notice.remove();
    return copy.innerHTML.replace(/\s+/g, " ");
  };
  const takeOver = (before, after) => {
    if (sameAs(before) === sameAs(after)) return;
    const focused = before.contains(document.activeElement) ? document.activeElement : null;
    const focus = focused && (focused.id ? `#${CSS.escape(focused.id)}` : focused.closest("[data-ticket]") && `[data-ticket="${focused.closest("[data-ticket]").dataset.ticket}"] a`);
    const typed = [...before.querySelectorAll("input:not([type=hidden]), select, textarea")].map((one) => [one.form && one.form.id, one.name, one.value, one.checked]);
    before.replaceWith(after);
    for (const [form, name, value, checked] of typed) {
      const field = form && after.querySelector(`#${CSS.escape(form)} [name="${CSS.escape(name)}"]`);
      if (field) { field.checked = checked; if (field.type !== "checkbox") field.value = value; }
    }
    if (focus) after.querySelector(focus)?.focus();
    hold(after);
  };
  // What has just moved must not catch a click that was meant for what stood there before.
  const hold = (part) => {
    const buttons = [...part.querySelectorAll("form[method=post] button")];
    for (const button of buttons) button.disabled = true;
    setTimeout(() => { if (!over) for (const button of buttons) button.disabled = false; }, 800);
  };
  let asking = false, askAgain = false;
  const refresh = async () => {
    if (asking) { askAgain = true; return; }
    asking = true;
    try {
      do {
        if (askAgain) await new Promise((resolve) => setTimeout(resolve, 200));
        askAgain = false;
        const answer = await fetch(location.pathname + location.search, { headers: { "AiAccess-Live": "1" }, redirect: "manual", cache: "no-store" });
        if (answer.type === "opaqueredirect" || answer.status === 401) return signedOut();
        if (!answer.ok) continue;
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        hear(Number(page.body.dataset.now));
        document.title = page.title;
        for (const after of page.querySelectorAll("[data-live]")) {
          const before = document.querySelector(`[data-live="${after.dataset.live}"]`);
          if (before) takeOver(before, document.adoptNode(after));
        }
        const [article, next] = [document, page].map((one) => one.querySelector("article[data-status]"));
        if (article && next) article.dataset.status = next.dataset.status;
        countDown();
      } while (askAgain);
    } catch {
      // The server does not answer; the stream's own reconnecting, or the next round, brings us back.
    } finally {
      asking = false;
    }
  };

  const signedOut = () => {
    if (over) return;
    over = true;
    stream?.close();
    for (const button of document.querySelectorAll("main button")) button.disabled = true;
    const strip = document.createElement("p");
    strip.className = "strip bad";
    strip.setAttribute("role", "alert");
    strip.append("You are no longer signed in; this page has stopped. ");
    const link = document.createElement("a");
    link.href = `/sign-in?to=${encodeURIComponent(location.pathname)}`;
    link.textContent = "Sign in again";
    strip.append(link);
    document.querySelector("main").before(strip);
  };

  // A browser opens few streams to one host; tabs that nobody looks at hold none and ask now and then.
  const listen = () => {
    if (over || document.hidden || stream) return;
    stream = new EventSource("/events");
    stream.addEventListener("hello", (event) => { hear(Number(event.data)); document.body.dataset.listening = "yes"; refresh(); });
    stream.addEventListener("beat", (event) => hear(Number(event.data)));
    stream.addEventListener("ticket", refresh);
    stream.addEventListener("bye", () => { stream.close(); stream = null; refresh(); });
    // Closed for good (signed out, the program gone): the next round tells which.
    stream.addEventListener("error", () => { if (stream?.readyState === EventSource.CLOSED) { stream = null; setTimeout(() => { refresh(); listen(); }, 3_000); } });
  };

  countDown();
  setInterval(countDown, 1_000);
  if (document.querySelector("[data-live]")) {
    setInterval(() => { if (!over) { refresh(); listen(); } }, everyMs);
    document.addEventListener("visibilitychange", () => {
      if (document.hidden) { stream?.close(); stream = null; } else listen();
    });
    listen();
  }

  // One click, one vote; the page that comes back has its buttons anew.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    setTimeout(() => { for (const button of form.querySelectorAll("button")) button.disabled = true; });
  });
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });

  // Where a key in a list led to, in the ticket's page. No fragment: going to one takes the focus away again.
  const toDecision = (what) => document.querySelector({ approve: "#approve [name=confirm], #approve button", deny: "#deny-reason" }[what] ?? "#none");
  toDecision(new URLSearchParams(location.search).get("go"))?.focus();

  const keys = document.querySelector("#keys");
  for (const button of document.querySelectorAll("[data-open-keys]")) { button.hidden = false; button.addEventListener("click", () => keys.showModal()); }
  keys?.querySelector("[data-close]").addEventListener("click", () => keys.close());

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || keys?.open || event.target.closest("input:not([type=checkbox]), textarea, select")) return;
    const rows = [...document.querySelectorAll("li[data-ticket] > a, [data-row] > h2 > a, .records > li > details > summary")];
    const at = rows.indexOf(document.activeElement);
    const go = (one) => { if (one) { one.focus(); one.scrollIntoView({ block: "nearest" }); event.preventDefault(); } };
    const decide = (what) => {
      const ticket = rows[at]?.closest('[data-status="pending"]');
      if (ticket) location.href = `/tickets/${ticket.dataset.ticket}?go=${what}`;
      else go(toDecision(what));
    };
    switch (event.key) {
      case "j": go(rows[Math.min(at + 1, rows.length - 1)]); break;
      case "k": go(rows[Math.max(at - 1, 0)]); break;
      case "a": decide("approve"); break;
      case "d": decide("deny"); break;
      case "/": go(document.querySelector("[data-search]")); break;
      case "?": keys?.showModal(); break;
      case "u": if (document.querySelector("article.ticket")) location.href = document.querySelector(".bar nav [aria-current]")?.getAttribute("href") ?? "/"; break;
    }
  });
})();
