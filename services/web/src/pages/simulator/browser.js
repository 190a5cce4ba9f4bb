/* Keeps the two phones up to date and sends without leaving the page. Everything works without it, by links. */
const time = new Intl.DateTimeFormat("es-PE", {
  hour: "numeric",
  minute: "2-digit",
  hour12: true,
  timeZone: "America/Lima",
});
const threads = [...document.querySelectorAll("[data-phone]")];
document.querySelector(".refresh")?.remove();

function element(name, text) {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}

function bubble({ id, direction, text, at, segments }) {
  const item = document.createElement("li");
  item.className = direction;
  item.dataset.id = id;
  const foot = document.createElement("small");
  const when = element("time", time.format(new Date(at)));
  when.dateTime = at;
  foot.append(when, ` · ${segments} SMS`);
  item.append(element("b", direction === "in" ? "Usted" : "Minka"), " ", element("span", text), foot);
  return item;
}

function showLast(thread) {
  const screen = thread.closest(".screen");
  screen.scrollTop = screen.scrollHeight;
}

const reading = new Set();

async function read(thread) {
  if (reading.has(thread)) return;
  reading.add(thread);
  try {
    const answer = await fetch(`/simulator/messages?phone=${encodeURIComponent(thread.dataset.phone)}`);
    if (!answer.ok) return;
    const { messages } = await answer.json();
    const shown = new Set([...thread.children].map((item) => item.dataset.id));
    // What is older than the first one shown was left out to keep the page light.
    const first = messages.findIndex(({ id }) => id === thread.firstElementChild?.dataset.id);
    const fresh = messages.slice(Math.max(first, 0)).filter(({ id }) => !shown.has(id));
    if (fresh.length === 0) return;
    thread.querySelector(".nothing")?.remove();
    thread.append(...fresh.map(bubble));
    showLast(thread);
  } catch {
    // The next second tries again.
  } finally {
    reading.delete(thread);
  }
}

function readAll() {
  if (document.visibilityState === "visible") for (const thread of threads) void read(thread);
}

for (const thread of threads) {
  showLast(thread);
  const form = thread.closest(".phone").querySelector("form");
  const field = form.elements.namedItem("text");
  const send = async (event) => {
    const phrase = event.submitter?.name === "phrase" ? event.submitter.value : null;
    const text = phrase ?? field.value;
    if (text.trim() === "") {
      field.focus();
      return;
    }
    try {
      const answer = await fetch("/simulator/messages", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ from: thread.dataset.phone, text }),
      });
      if (!answer.ok) throw new Error(String(answer.status));
      if (phrase === null) field.value = "";
      form.querySelector(".wrong")?.remove();
      field.removeAttribute("aria-invalid");
      await read(thread);
    } catch {
      if (phrase !== null) field.value = phrase;
      field.setAttribute("aria-invalid", "true");
      form.querySelector(".wrong")?.remove();
      const words = element("p", "El mensaje no salió. Pruebe otra vez en un minuto.");
      words.className = "wrong";
      words.role = "alert";
      form.prepend(words);
    }
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void send(event);
  });
}

setInterval(readAll, 1000);
document.addEventListener("visibilitychange", readAll);
