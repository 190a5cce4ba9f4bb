/* What waits for a signal, or was not taken when it came: the list of it, and the form that it came from, filled in again. */

/** The one that carries all the same; or else the only one of its action that is about the same thing. */
function formOf(typed) {
  const carries = ({ name, value }) => name === "clave" || typed.getAll(name).includes(value);
  const isSubject = ({ name, value }) => name === "accion" || /^[\da-f]{8}-[\da-f-]{27}$/.test(value);
  const hidden = (form) => [...form.elements].filter(({ type }) => type === "hidden");
  const about = [...document.forms].filter(
    (form) => form.elements.accion && hidden(form).filter(isSubject).every(carries),
  );
  return about.find((form) => hidden(form).every(carries)) ?? (about.length === 1 ? about[0] : null);
}

function fill(form, typed) {
  const left = {};
  for (const control of form.elements) {
    const { name, type, value } = control;
    if (!name || /password|file|submit|button/.test(type) || (type === "hidden" && name !== "clave"))
      continue;
    const values = (left[name] ??= typed.getAll(name));
    if (/box|radio/.test(type)) control.checked = values.includes(value);
    else control.value = values.shift() ?? "";
  }
}

/** Beside the field, as when the page says it itself; without a field to stand at it is given back. */
function markWrong(form, [name, message], element) {
  const control = form.querySelector(`[name="${name}"]:not([type=hidden])`);
  if (!control) return message;
  const wrong = element("p", message, "wrong");
  wrong.id = `${name}-mal`;
  control.ariaInvalid = "true";
  control.setAttribute("aria-describedby", `${control.getAttribute("aria-describedby") ?? ""} ${wrong.id}`);
  (control.closest("label, .unit") ?? control).before(wrong);
  return "";
}

/** A kept page still offers what was sent from it. */
export function mark(entries, element) {
  for (const { state, body, url } of entries) {
    if (state !== "espera" || new URL(url).pathname !== location.pathname) continue;
    const form = formOf(new URLSearchParams(body));
    if (form && !form.querySelector(".sent"))
      form.prepend(element("p", "Ya lo envió desde aquí: espera señal.", "waits sent"));
  }
}

/** Puts what waits back into its form. While this page is open it is not sent as it was. */
export async function open(id, entries, element) {
  await new Promise((held) => {
    void navigator.locks.request(`envio-${id}`, { mode: "shared" }, () => (held(), new Promise(() => {})));
  });
  const entry = (await entries()).find((one) => one.id === id);
  if (!entry?.body) return;
  const typed = new URLSearchParams(entry.body);
  const form = formOf(typed);
  const { problem = "", errors = {} } = entry.why ?? {};
  const said = element("p", `Esta página cambió y ya no pregunta eso. ${problem}`, "wrong");
  said.tabIndex = -1;
  if (form) {
    fill(form, typed);
    const why = [problem, ...Object.entries(errors).map((one) => markWrong(form, one, element))]
      .join(" ")
      .trim();
    said.textContent =
      why || (entry.why ? "Falta corregir un dato." : "Todavía no se envió: mírelo y envíelo.");
    for (let part = form; part; part = part.parentElement) if ("open" in part) part.open = true;
    form.prepend(said);
  } else document.querySelector("h1").after(said);
  said.focus();
}

/** By what is most wanted of its person. */
const heads = {
  falla: ["Algo no se pudo hacer", "No se pudo hacer."],
  viejo: ["¿Todavía quiere enviarlo?", "Lo escribió hace días."],
  entrar: ["Entre para enviar lo que espera", "Espera que usted entre otra vez."],
  espera: ["Lo guardamos: se envía cuando haya señal", "Espera señal. Se envía solo, así como está."],
  listo: ["Ya se envió", "Enviado."],
};

function item(entry, element) {
  const { id, state, title, at, body, page, url, told, why } = entry;
  const row = document.createElement("li");
  row.append(element("p", title, "title"));
  const zone = { timeZone: "America/Lima", dateStyle: "medium", timeStyle: "short" };
  const when = at && `Escrito: ${new Date(at).toLocaleString("es-PE", zone)}`;
  row.append(element("p", [told, when].filter(Boolean).join(". "), "quiet"));
  const reasons = [why?.problem, ...Object.values(why?.errors ?? {})].filter(Boolean);
  row.append(
    element("p", reasons.join(" ") || heads[state][1], why ? "wrong" : state === "listo" ? "done" : "waits"),
  );
  const action = (name, text, className = "") => {
    const made = element(name, text, className);
    row.append(made);
    return made;
  };
  const button = (text, message) =>
    action("button", text, "quiet-button").addEventListener("click", () =>
      navigator.serviceWorker.controller?.postMessage(message),
    );
  if (state === "entrar") action("a", "Entrar", "action").href = "/entrar";
  else if (body) {
    const [words, look] = why ? ["Corregir", "action"] : ["Ver o cambiar", "action quiet-button"];
    action("a", words, look).href = `${page ?? url}#envio-${id}`;
  }
  if (state === "viejo") button("Enviar ahora", { again: entry });
  button(body ? "Quitar sin enviar" : "Quitar de la lista", { forget: id });
  return row;
}

/** The list of what waits. */
export function list(place, entries, element) {
  const inOrder = Object.keys(heads).flatMap((state) => entries.filter((entry) => entry.state === state));
  const heading = document.querySelector("h1");
  const state = inOrder[0]?.state;
  heading.textContent = state ? heads[state][0] : "Aquí no espera nada";
  document.querySelector(".lead").hidden = state !== "espera";
  const hadFocus = place.contains(document.activeElement);
  place.replaceChildren(...inOrder.map((entry) => item(entry, element)));
  heading.tabIndex = -1;
  if (hadFocus) heading.focus();
}
