/* Says what waits for a signal, and sends a form once. Everything works without it while there is a signal. */
const worker = navigator.serviceWorker;

/**
 * What waits of this person: who had the phone before may have left something as well. Where nobody is signed in, that
 * something waits and no more is said of it.
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
        const unsent = all.result.map(({ id }) => ({ id, state: "entrar", title: "Un envío" }));
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

const openedId = Number(/^#envio-(\d+)$/.exec(location.hash)?.[1]);
const waiting = () => import("WAITING_SCRIPT");

async function say() {
  const mine = await entries();
  document.querySelectorAll("#cola, .sent").forEach((old) => old.remove());
  const list = document.querySelector("[data-cola]");
  if (list) return (await waiting()).list(list, mine, element);
  const open = mine.filter(({ state, id }) => state !== "listo" && id !== openedId);
  if (open.length === 0) return;
  void waiting().then(({ mark }) => mark(open, element));
  const refused = open.some(({ state }) => state === "falla");
  const waits = open.length === 1 ? "1 envío espera. " : `${open.length} envíos esperan. `;
  const bar = element("p", refused ? "Algo no se pudo hacer. " : waits, "bar");
  bar.id = "cola";
  bar.role = "status";
  const signIn = !refused && open.some(({ state }) => state === "entrar");
  const link = element("a", signIn ? "Entre para enviar" : "Ver");
  link.href = signIn ? "/entrar" : "/guardado";
  bar.append(link);
  document.body.append(bar);
}

/** What waits is opened again with what was typed, to be looked over. */
async function openAgain() {
  if (openedId) await (await waiting()).open(openedId, entries, element);
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
  void openAgain();
  void fetchAhead();
}

const isTold = ({ labels, type, value, checked }) =>
  labels?.length && value && !/password|file/.test(type) && (checked || !/box|radio/.test(type));
const wordsOf = ({ selectedOptions, labels, type, value }) =>
  selectedOptions?.[0].text ?? (/box|radio/.test(type) ? labels[0].innerText.split("\n")[0] : value);

/** In a few words what is sent, should it have to wait. */
function tell({ elements }) {
  const told = [...elements].filter(isTold).map(wordsOf).join(", ");
  worker?.controller?.postMessage({ told, key: elements.clave?.value });
}

// A second press while the first is on its way would do nothing but wait.
addEventListener("submit", (event) => {
  if (event.target.dataset.sent) event.preventDefault();
  event.target.dataset.sent = "1";
  tell(event.target);
  setTimeout(() => delete event.target.dataset.sent, 5000);
});
addEventListener("pageshow", () =>
  document.querySelectorAll("form").forEach((form) => delete form.dataset.sent),
);
