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
  const text = await page.text();
  // No further screen follows a form here.
  const sends = text.includes('class="f"')
    ? " Lo que envíe sale así como está cuando haya señal; hasta entonces lo puede cambiar."
    : "";
  const html = text
    // Each showing is a form of its own, as if it had been asked for anew.
    .replace(/(name="clave" value=")[^"]*/g, (_, start) => start + crypto.randomUUID())
    .replace(
      "<main",
      `<p class="bar" role="status">Sin señal. Así estaba el ${when.replace(/\.$/, "")}.${sends}</p><main`,
    );
  return new Response(html, { headers: { "content-type": "text/html; charset=utf-8" } });
}

/** How whoever left wanted to leave, while Minka does not know it: here, or on all their devices. */
const leaving = () => store("quien", "readonly", (rows) => rows.get("sale"));

/** All their devices stay all of them, though they leave this one again. */
async function leaveLater(action) {
  const all = [action, await leaving()].includes("todos");
  await belongTo(null);
  await store("quien", "readwrite", (rows) => rows.put(all ? "todos" : "salir", "sale"));
  await self.registration.sync?.register("cola").catch(() => {});
  return ready("/salio");
}

/**
 * Tells Minka of who left while there was no signal. Until it is told, nothing of theirs is shown and nothing is sent:
 * their cookie is still there, and only the server can take it.
 */
async function leaveFirst() {
  const action = await leaving();
  if (!action) return true;
  // One that was written by the worker before this one says only that they left.
  const named = action === "todos" ? action : "salir";
  const { status } = await post("/salir", `accion=${named}`).catch(() => ({ status: 503 }));
  const told = status < 500 && status !== 429;
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

/** What is being sent, in words: the page tells it just before. */
let said = {};

const typedIn = (body, name) => new URLSearchParams(body).get(name);

/** While it is held, what waits under this id is not sent: somebody looks it over, or sends it anew. */
const hold = (id, options, work) => navigator.locks.request(`envio-${id}`, options, work);

/** What waits and is now sent anew: the same form, looked over. */
async function waitsAs(body, tag) {
  const key = typedIn(body, "clave");
  const waiting = key && tag ? await store("cola", "readonly", (rows) => rows.getAll()) : [];
  return waiting.find((entry) => entry.tag === tag && typedIn(entry.body, "clave") === key);
}

async function send(event) {
  const { request } = event;
  // Who goes back to a form that was refused, or whose browser opens it again, wants to see it and not to send it.
  if (request.cache === "only-if-cached") return Response.redirect(request.url, 303);
  const body = await request.clone().text();
  const leaves = new URL(request.url).pathname === "/salir";
  if (!(await leaveFirst())) return leaves ? leaveLater(typedIn(body, "accion")) : ready("/salio");
  const before = await waitsAs(body, typedIn(body, "quien"));
  const now = () => sendNow(request, { body, leaves, id: before?.id });
  return before ? hold(before.id, { mode: "shared" }, now) : now();
}

/** `id` is of what waits and is replaced by this. */
async function sendNow(request, { body, leaves, id }) {
  const at = Date.now();
  const tag = typedIn(body, "quien");
  // Who says that they leave has said before that they arrived.
  if (tag && !leaves && (await store("cola", "readonly", (rows) => rows.count())) > 0) await sendAll();
  try {
    const response = await fetch(request);
    if (leaves) await belongTo(null);
    // It was taken, or refused on a page that has it all; whatever else is said, it still waits.
    const { type, ok, status } = response;
    if (id && (type === "opaqueredirect" || ok || status === 422)) await forget(id);
    return response;
  } catch {
    if (leaves) return leaveLater(typedIn(body, "accion"));
    // What must not be found on the device is not kept there, neither as a page nor as what was typed into it.
    const pages = [request.referrer || request.url, request.url].map(addressOf);
    const stood = await Promise.all(pages.map((page) => caches.match(page)));
    const page = pages.find((_, index) => stood[index]);
    if (!tag || !page) return ready("/sin-enviar");
    const entry = {
      ...(id ? { id } : {}),
      url: addressOf(request.url),
      page,
      body,
      tag,
      at,
      title: await titleOf(request),
      told: said.key === typedIn(body, "clave") ? said.told : "",
      state: "espera",
    };
    await store("cola", "readwrite", (rows) => rows.put(entry));
    await self.registration.sync?.register("cola").catch(() => {});
    return Response.redirect("/guardado", 303);
  }
}

/** After so long a person is asked whether it is still wanted. */
const askAgainMs = 3 * 24 * 60 * 60 * 1000;

const forget = (id) => store("cola", "readwrite", (rows) => rows.delete(id));
const set = (entry, state) => store("cola", "readwrite", (rows) => rows.put({ ...entry, state }));

/** Whether those behind it have to wait as well. */
async function sendOne(id, tag) {
  const entry = await store("cola", "readonly", (rows) => rows.get(id));
  if (!entry) return false;
  const age = Date.now() - entry.at;
  if (entry.state === "listo" && age > askAgainMs) await forget(id);
  if (entry.tag !== tag || ["falla", "listo", "viejo"].includes(entry.state)) return false;
  if (age > askAgainMs && !entry.sure) {
    await set(entry, "viejo");
    return false;
  }
  const written = { "x-minka-written-at": new Date(entry.at).toISOString() };
  const answer = await post(entry.url, entry.body, written).catch(() => Response.error());
  const { status } = answer;
  // Said on the list for a while, without what was written.
  if (status === 204) await set({ ...entry, body: "", told: "" }, "listo");
  else if (status === 401) await set(entry, "entrar");
  else if (status >= 400 && status < 500 && ![412, 429].includes(status))
    await set({ ...entry, why: await reasonOf(answer) }, "falla");
  return status === 0 || status === 401 || status === 429 || status >= 500;
}

/** In the words that the page would have said; what is no page's answer has none. */
const reasonOf = (answer) =>
  (answer.headers.get("content-type") ?? "").startsWith("application/json") ? answer.json() : null;

/** In order, each until it is known to be done. Only what the person wrote whose pages are kept now. */
function sendAll() {
  return navigator.locks.request("cola", async () => {
    if (!(await leaveFirst())) return;
    const tag = await whose();
    for (const id of await store("cola", "readonly", (rows) => rows.getAllKeys())) {
      const stop = await hold(id, { ifAvailable: true }, (free) => free && sendOne(id, tag));
      if (stop) break;
    }
    // oxlint-disable-next-line unicorn/require-post-message-target-origin
    for (const client of await self.clients.matchAll()) client.postMessage("cola");
  });
}

/** Pages that will be wanted where there is no signal. */
async function fetchAhead(urls) {
  if (!(await leaveFirst())) return;
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
  if (data.key) said = data;
  else if (data === "cola") event.waitUntil(sendAll());
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
  // What brings a file is not kept.
  else event.respondWith(leaveFirst().then((told) => (told ? fetch(request) : ready("/salio"))));
});
