/* Says what waits for a signal, and sends a form once. Everything works without it while there is a signal. */
const worker = navigator.serviceWorker;

/**
 * What waits of this person: who had the phone before may have left something as well. Where nobody is signed in, that
 * something waits and no more.
 */
function entries() {
  return new Promise((resolve) => {
    const opening = indexedDB.open("minka", 1);
    // Nobody has kept anything yet: the worker makes its own stores.
    opening.addEventListener("upgradeneeded", () => opening.transaction.abort());
    opening.addEventListener("error", () => resolve([]));
    opening.addEventListener("success", () => {
      const database = opening.result;
      const both = database.transaction(["cola", "quien"]);
      const [tag, all] = [both.objectStore("quien").get("tag"), both.objectStore("cola").getAll()];
      both.addEventListener("complete", () => {
        database.close();
        const unsent = all.result.map((entry) => ({ ...entry, state: "entrar", title: "Un envío" }));
        resolve(tag.result ? all.result.filter((entry) => entry.tag === tag.result) : unsent);
      });
    });
  });
}

function element(name, text, className) {
  const made = document.createElement(name);
  made.textContent = text;
  if (className) made.className = className;
  return made;
}

const words = {
  espera: "Espera señal. Se envía solo.",
  entrar: "Espera que usted entre otra vez.",
  falla: "No se pudo hacer. Abra la página y hágalo otra vez.",
  viejo: "Lo escribió hace días. ¿Todavía lo quiere?",
  listo: "Enviado.",
};

async function say() {
  const mine = await entries();
  document.querySelector("#cola")?.remove();
  const list = document.querySelector("[data-cola]");
  if (list) list.replaceChildren(...mine.map(item));
  const open = mine.filter(({ state }) => state !== "listo");
  if (list || open.length === 0) return;
  const bar = element(
    "p",
    `${open.length === 1 ? "1 envío espera" : `${open.length} envíos esperan`}. `,
    "bar",
  );
  bar.id = "cola";
  bar.role = "status";
  const signIn = open.some(({ state }) => state === "entrar");
  const link = element("a", signIn ? "Entre para enviar" : "Ver");
  link.href = signIn ? "/entrar" : "/guardado";
  bar.append(link);
  document.body.append(bar);
}

function item(entry) {
  const row = document.createElement("li");
  const title = element("p", "", "title");
  const link = element("a", entry.title);
  link.href = entry.url;
  title.append(link);
  row.append(title, element("p", words[entry.state], "quiet"));
  const button = (text, message) => {
    const made = element("button", text, "quiet-button");
    made.addEventListener("click", () => worker.controller?.postMessage(message));
    row.append(made);
  };
  if (entry.state === "viejo") button("Enviar ahora", { again: entry });
  button("Quitar de la lista", { forget: entry.id });
  return row;
}

/** Pages that will be wanted in the field, where nobody pays for them by the megabyte. */
async function fetchAhead() {
  const { active } = await worker.ready;
  const urls = [...document.querySelectorAll("a[data-guardar]")].map(({ href }) => href);
  // A worker is no window: it has no origin to name.
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  if (urls.length > 0 && !navigator.connection?.saveData) active.postMessage({ urls });
}

if (worker) {
  void worker.register("/sw.js");
  worker.addEventListener("message", () => void say());
  const send = () => worker.controller?.postMessage("cola");
  addEventListener("online", send);
  void worker.ready.then(send);
  void say();
  void fetchAhead();
}

// A second press while the first is on its way would do nothing but wait.
addEventListener("submit", (event) => {
  if (event.target.dataset.sent) event.preventDefault();
  event.target.dataset.sent = "1";
  setTimeout(() => delete event.target.dataset.sent, 5000);
});
addEventListener("pageshow", () =>
  document.querySelectorAll("form").forEach((form) => delete form.dataset.sent),
);
