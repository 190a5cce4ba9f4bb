/*
 * Keeps the pages of whoever is signed in, and what they send while there is no signal.
 * Pages of one person are deleted as soon as an answer is another's or nobody's: phones are shared.
 * What waits stays until it was sent, once, for the person who wrote it.
 */
const shell = "minka-VERSION";
const files = FILES;
const ownPrefix = "minka-de-";

/** One store a name: "cola" has what waits, "quien" whose pages are kept. */
function store(name, mode, work) {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open("minka", 1);
    opening.addEventListener("upgradeneeded", () => {
      opening.result.createObjectStore("cola", { keyPath: "id", autoIncrement: true });
      opening.result.createObjectStore("quien");
    });
    opening.addEventListener("error", () => reject(opening.error));
    opening.addEventListener("success", () => {
      const database = opening.result;
      const transaction = database.transaction(name, mode);
      const asked = work(transaction.objectStore(name));
      transaction.addEventListener("complete", () => (database.close(), resolve(asked.result)));
      transaction.addEventListener("abort", () => (database.close(), reject(transaction.error)));
    });
  });
}

const whose = () => store("quien", "readonly", (rows) => rows.get("tag"));

/** From now on pages are this person's; null for nobody's. */
async function belongTo(tag) {
  if (tag === ((await whose()) ?? null)) return;
  for (const name of await caches.keys()) if (name.startsWith(ownPrefix)) await caches.delete(name);
  await store("quien", "readwrite", (rows) => (tag ? rows.put(tag, "tag") : rows.delete("tag")));
}

function addressOf(url) {
  const address = new URL(url);
  address.searchParams.delete("hecho");
  address.hash = "";
  return address.href;
}

async function keep(request, response) {
  if (!(response.headers.get("content-type") ?? "").includes("text/html")) return;
  const tag = response.headers.get("x-minka-person");
  // An error says nothing of who is signed in.
  if (tag === null) return;
  await belongTo(tag === "-" ? null : tag);
  if (tag !== "-" && response.ok && !response.headers.has("x-minka-keep"))
    await (await caches.open(ownPrefix + tag)).put(addressOf(request.url), response);
}

async function kept(request) {
  const tag = await whose();
  const page = tag && (await (await caches.open(ownPrefix + tag)).match(addressOf(request.url)));
  if (!page) return ready("/sin-senal");
  const when = new Date(page.headers.get("date") ?? Date.now()).toLocaleString("es-PE", {
    timeZone: "America/Lima",
    dateStyle: "medium",
    timeStyle: "short",
  });
  const html = (await page.text())
    // Each showing is a form of its own, as if it had been asked for anew.
    .replace(/(name="clave" value=")[^"]*/g, (_, start) => start + crypto.randomUUID())
    .replace("<main", `<p class="bar" role="status">Sin señal. Así estaba el ${when}.</p><main`);
  return new Response(html, { headers: { "content-type": "text/html; charset=utf-8" } });
}

/**
 * Tells Minka of who left while there was no signal. Until it is told, nothing of theirs is shown: their cookie is still
 * there, and only the server can take it.
 */
async function leaveFirst() {
  if (!(await store("quien", "readonly", (rows) => rows.get("sale")))) return true;
  const { status } = await post("/salir", "accion=salir").catch(() => ({ status: 503 }));
  const told = status < 500;
  if (told) await store("quien", "readwrite", (rows) => rows.delete("sale"));
  return told;
}

const post = (url, body, headers) =>
  fetch(url, {
    method: "POST",
    body,
    headers: { "content-type": "application/x-www-form-urlencoded", "x-minka-queued": "1", ...headers },
    redirect: "manual",
    // One that hangs on a line that was cut would hold up all that wait behind it.
    signal: AbortSignal.timeout(30_000),
  });

const ready = async (path) => (await caches.match(path)) ?? Response.error();

async function show(event) {
  if (!(await leaveFirst())) return ready("/salio");
  try {
    const response = await fetch(event.request);
    // Whose pages are kept decides whose sendings go.
    if (response.type !== "opaqueredirect")
      event.waitUntil(keep(event.request, response.clone()).then(sendAll));
    return response;
  } catch {
    return kept(event.request);
  }
}

/** Of the page that the form stood on, as its person knows it. */
async function titleOf({ referrer }) {
  const page = referrer && (await caches.match(addressOf(referrer)));
  return /<title>(.*?) · Minka/.exec(page ? await page.text() : "")?.[1] ?? "Un envío";
}

async function send(event) {
  const { request } = event;
  // Who goes back to a form that was refused, or whose browser opens it again, wants to see it and not to send it.
  if (request.cache === "only-if-cached") return Response.redirect(request.url, 303);
  const at = Date.now();
  const body = await request.clone().text();
  const tag = new URLSearchParams(body).get("quien");
  const leaves = new URL(request.url).pathname === "/salir";
  // Who says that they leave has said before that they arrived.
  if (tag && !leaves && (await store("cola", "readonly", (rows) => rows.count())) > 0) await sendAll();
  try {
    const response = await fetch(request);
    if (leaves) await belongTo(null);
    return response;
  } catch {
    if (leaves) {
      await belongTo(null);
      await store("quien", "readwrite", (rows) => rows.put(true, "sale"));
      await self.registration.sync?.register("cola").catch(() => {});
      return ready("/salio");
    }
    // What must not be found on the device is not kept there, neither as a page nor as what was typed into it.
    const stood = await Promise.all(
      [request.referrer || request.url, request.url].map((url) => caches.match(addressOf(url))),
    );
    if (!tag || !stood.some(Boolean)) return ready("/sin-enviar");
    const entry = {
      url: request.url,
      body,
      tag,
      at,
      title: await titleOf(request),
      state: "espera",
    };
    await store("cola", "readwrite", (rows) => rows.add(entry));
    await self.registration.sync?.register("cola").catch(() => {});
    return Response.redirect("/guardado", 303);
  }
}

/** After so long a person is asked whether it is still wanted. */
const askAgainMs = 3 * 24 * 60 * 60 * 1000;

const forget = (id) => store("cola", "readwrite", (rows) => rows.delete(id));
const set = (entry, state) => store("cola", "readwrite", (rows) => rows.put({ ...entry, state }));

/** In order, each until it is known to be done. Only what the person wrote whose pages are kept now. */
function sendAll() {
  return navigator.locks.request("cola", async () => {
    if (!(await leaveFirst())) return;
    const tag = await whose();
    const waiting = await store("cola", "readonly", (rows) => rows.getAll());
    for (const entry of waiting) {
      const age = Date.now() - entry.at;
      if (entry.state === "listo" && age > askAgainMs) await forget(entry.id);
      if (entry.tag !== tag || ["falla", "listo", "viejo"].includes(entry.state)) continue;
      if (age > askAgainMs && !entry.sure) {
        await set(entry, "viejo");
        continue;
      }
      const written = { "x-minka-written-at": new Date(entry.at).toISOString() };
      const { status } = await post(entry.url, entry.body, written).catch(() => ({ status: 0 }));
      // Said on the list for a while, without what was written.
      if (status === 204) await set({ ...entry, body: "" }, "listo");
      else if (status === 401) await set(entry, "entrar");
      else if (status === 412) continue;
      else if (status >= 400 && status < 500 && status !== 429) await set(entry, "falla");
      if (status === 0 || status === 401 || status === 429 || status >= 500) break;
    }
    // oxlint-disable-next-line unicorn/require-post-message-target-origin
    for (const client of await self.clients.matchAll()) client.postMessage("cola");
  });
}

/** Pages that will be wanted where there is no signal. */
async function fetchAhead(urls) {
  for (const url of urls) {
    const request = new Request(url, { headers: { accept: "text/html" } });
    await keep(request, await fetch(request));
  }
}

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(caches.open(shell).then((cache) => cache.addAll(files)));
});
self.addEventListener("activate", (event) => {
  const old = (names) =>
    names.filter((name) => name.startsWith("minka-") && !name.startsWith(ownPrefix) && name !== shell);
  event.waitUntil(caches.keys().then((names) => Promise.all(old(names).map((name) => caches.delete(name)))));
  event.waitUntil(self.clients.claim());
});
self.addEventListener("sync", (event) => event.waitUntil(sendAll()));
self.addEventListener("message", (event) => {
  const { data } = event;
  if (data === "cola") event.waitUntil(sendAll());
  else if (data.forget) event.waitUntil(forget(data.forget).then(sendAll));
  else if (data.again) event.waitUntil(set({ ...data.again, sure: true }, "espera").then(sendAll));
  else if (data.urls) event.waitUntil(fetchAhead(data.urls));
});
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== location.origin) return;
  if (url.pathname.startsWith("/assets/"))
    return event.respondWith(caches.match(request).then((found) => found ?? fetch(request)));
  if (request.mode !== "navigate") return;
  if (["/guardado", "/sin-senal", "/salio", "/sin-enviar"].includes(url.pathname))
    return event.respondWith(fetch(request).catch(() => caches.match(url.pathname)));
  if (request.method === "GET") event.respondWith(show(event));
  else if ((request.headers.get("content-type") ?? "").includes("urlencoded")) event.respondWith(send(event));
});
