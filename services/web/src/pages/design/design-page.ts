import { z } from "zod";
import {
  actionButton,
  form,
  moneyField,
  onceMore,
  optionsField,
  selectField,
  submit,
  textField,
  tickField,
} from "../../design/fields.ts";
import { html, type Html } from "../../design/html.ts";
import {
  actionLink,
  chips,
  empty,
  facts,
  notice,
  progress,
  row,
  rows,
  stateMark,
  steps,
  waits,
} from "../../design/parts.ts";
import { table } from "../../design/table.ts";
import { formState } from "../../forms/attempt.ts";
import { goTo } from "../../visits/destination.ts";
import { action, publicPage } from "../../visits/page.ts";
import type { Visit } from "../../visits/visit.ts";

const colours = [
  ["paper", "fondo"],
  ["raised", "campos"],
  ["ink", "texto"],
  ["muted", "texto secundario"],
  ["border", "borde de un campo"],
  ["line", "línea entre filas"],
  ["leaf", "lo que se hace"],
  ["maize", "lo que espera o avanza"],
  ["clay", "lo que falla o vence"],
  ["river", "enlaces"],
] as const;

const section = (id: string, title: string, rule: string, example: Html): Html =>
  html`<section aria-labelledby="${id}">
    <h2 id="${id}">${title}</h2>
    <p class="quiet">${rule}</p>
    ${example}
  </section>`;

const nothing = action(z.object({}), async () => goTo("/diseno", "nada"));

/** All that pages are made of, with the rule of each: who draws a page begins here. */
export const designPage = publicPage("/diseno")({
  read: async () => null,
  show: (visit) => ({
    title: "Cómo se ve Minka",
    desk: true,
    main: html`<h1>Cómo se ve y cómo habla Minka</h1>
      <p class="lead">
        Un mercado al borde de la selva: cálido, simple, exacto. Cada página responde en su primera pantalla
        qué puedo pedir, quién está cerca, cuánto cuesta y qué sigue.
      </p>
      ${colourSection()} ${typeSection()} ${listSection()} ${stateSection()} ${formSection(visit)}
      ${deskSection()}`,
  }),
  actions: { ejemplo: nothing, otro: nothing, quitar: nothing },
  notices: { nada: "Esto es un ejemplo: no se guardó nada." },
});

const colourSection = () =>
  section(
    "colores",
    "Colores",
    "Por su nombre, nunca por su número. Cada texto contrasta al menos 4.5 a 1 con su fondo, de día y de noche.",
    html`<ul class="swatches">
      ${colours.map(([name, use]) => html`<li><span class="swatch ${name}"></span><b>${name}</b> <span class="quiet">${use}</span></li>`)}
    </ul>`,
  );

const typeSection = () =>
  section(
    "letra",
    "Letra",
    "La del propio celular, de 18 puntos, en líneas de 65 letras. El tamaño y el peso ordenan la página, no las cajas.",
    html`<p class="as-h1">3 técnicos pueden ir a Tocache</p>
      <p class="as-h2">Lo que puede pedir</p>
      <p>Una visita cuesta S/ 30; el precio lo ve antes de elegir.</p>
      <p class="quiet">Confirmado el 12 de noviembre.</p>`,
  );

const listSection = () =>
  section(
    "listas",
    "Listas",
    "Una línea fuerte, una suave, el precio siempre a la derecha. Una lista vacía dice por qué y qué hacer.",
    html`${rows([
      row({
        title: "Manejo de plagas y poda",
        href: "/diseno",
        side: html`S/ 30 <small>la visita</small>`,
        lines: ["Rosa P., a 4 km. Confirmado el 12 de noviembre."],
      }),
    ])}
    ${chips("Ejemplo de filtros", [
      { href: "/diseno", words: "Todo", current: true },
      { href: "/diseno#listas", words: "Visita técnica", current: false },
    ])}
    ${facts([
      ["Distrito", "Tocache, San Martín"],
      ["Precio", "S/ 30"],
    ])}
    ${empty("Todavía no pidió nada. Cuando pida algo, lo sigue aquí.", { href: "/pedir", words: "Pedir algo" })}`,
  );

const stateSection = () =>
  section(
    "estados",
    "Estados",
    "Una palabra con color y forma, nunca solo el color. Quien espera lee a quién le toca y hasta cuándo.",
    html`<p>
        ${stateMark("hecho", "good")} ${stateMark("en camino", "going")} ${stateMark("espera", "waiting")}
        ${stateMark("vencido", "bad")} ${stateMark("terminado", "over")}
      </p>
      ${waits("El técnico tiene hasta las 6 p. m. para responder.")} ${notice("El precio cambió desde ayer.")}
      <p class="done">Le preguntamos a Rosa P.</p>
      ${progress({ part: 28, whole: 40, words: "28 de 40 sacos. Con 12 más baja a S/ 140." })}
      ${steps([
        { words: "Usted pidió", when: "lunes 23", state: "past" },
        { words: "Rosa P. responde", when: "hasta las 6 p. m.", state: "now" },
        { words: "La visita", state: "next" },
      ])}`,
  );

function formSection(visit: Visit): Html {
  const wrong = formState(
    {
      action: "ejemplo",
      typed: { monto: "mucho", cultivo: "cacao" },
      errors: { monto: "Escriba el monto en soles, por ejemplo 25 o 25.50." },
      problem: null,
    },
    "ejemplo",
  );
  return section(
    "formularios",
    "Formularios",
    "Pocos campos, uno debajo del otro. Lo que falta se dice al lado, y lo escrito se queda. El botón dice qué va a pasar.",
    html`${form(
        visit,
        wrong,
        html`${textField(wrong, { name: "nombre", label: "Nombre de la parcela", optional: true })}
        ${moneyField(wrong, { name: "monto", label: "Cuánto quiere pagar como máximo" })}
        ${selectField(wrong, { name: "unidad", label: "Unidad", options: [{ value: "kg", words: "kilos" }] })}
        ${optionsField(wrong, {
          name: "cultivo",
          label: "Para qué cultivo",
          options: [
            { value: "cacao", words: "Cacao" },
            { value: "coffee", words: "Café", hint: "también si lo seca usted" },
          ],
        })}
        ${tickField(wrong, { name: "urgente", label: "Es urgente", hint: "Preguntamos a tres a la vez." })}
        ${submit("Pedir esta visita · S/ 30")}`,
      )}
      ${actionButton(visit, formState(null, "otro"), "Dejarlo para después", { quiet: true })}
      ${onceMore(visit, formState(null, "quitar"), {
        first: "Quitar la parcela",
        says: "Lo que no se puede deshacer pide dos toques: el primero dice qué va a pasar.",
        words: "Sí, quitar la parcela",
      })}
      <p>${actionLink("/diseno", "Ver quién puede ir")}</p>`,
  );
}

const deskSection = () =>
  section(
    "tablas",
    "Tablas",
    "Solo para quien trabaja con muchos. La unidad va en el título, los números a la derecha.",
    table(
      { caption: "Ejemplo de una tabla", path: "/diseno", query: {} },
      [
        { title: "Socio", cell: ({ name }: { name: string; packs: number }) => name },
        { title: "Sacos", cell: ({ packs }) => packs, number: true },
      ],
      [
        { name: "Rosa Pinchi", packs: 4 },
        { name: "Elmer Tuanama", packs: 12 },
      ],
    ),
  );
