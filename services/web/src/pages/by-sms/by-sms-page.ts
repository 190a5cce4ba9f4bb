import { readablePhone } from "@minka/domain/phone";
import type { WebConfig } from "../../config.ts";
import { html, type Html } from "../../design/html.ts";
import { publicPage } from "../../visits/page.ts";
import { capitalized } from "../../words/field-words.ts";
import { sampleThread } from "../home/sample-thread.ts";

/** What one may write, as people write it, and what comes of it. */
const needs: readonly (readonly [written: string, comes: string])[] = [
  ["tecnico para la roya en mi cafe, uchiza", "hasta tres personas que pueden ir, con su precio"],
  ["3 sacos de urea", "quién vende cerca, a cuánto y quién lo lleva"],
  ["un prestamo de 2 mil para abono", "cuánto se paga en cada cuota, antes de pedir"],
  ["cuanto pagan el cacao", "quién compra, a cuánto y desde qué día vale"],
  ["vendo 5 qq de cafe", "le buscamos comprador"],
  ["quiero aprender a podar", "los cursos y días de campo que vienen"],
  ["busco una asociacion de cacao", "las que hay cerca, con su cuota"],
];

const always: readonly (readonly [word: string, does: string])[] = [
  ["AYUDA", "cómo se usa Minka"],
  ["ESTADO", "cómo van sus pedidos"],
  ["CANCELAR", "deja sin efecto un pedido"],
  ["POR QUE", "por qué la lista tiene ese orden"],
  ["PERSONA", "le llama una persona de Minka"],
  ["COMPRA", "las compras en grupo que hay y su precio de hoy"],
  ["MIS DATOS", "lo que Minka guarda de usted"],
  ["BAJA", "no recibe más mensajes"],
  ["ALTA", "vuelve a recibir mensajes"],
];

/** How to use Minka with any phone. */
export const bySmsPage = publicPage("/por-sms")({
  read: async () => null,
  show: ({ config }) => ({
    title: "Cómo pedir por SMS",
    description:
      "Con cualquier celular y sin internet: escriba por SMS lo que su chacra necesita y su distrito. Minka le manda hasta tres opciones con precio.",
    canonical: "/por-sms",
    facts: {
      "@type": "HowTo",
      name: "Cómo pedir por SMS en Minka",
      step: steps.map((text, index) => ({ "@type": "HowToStep", position: index + 1, text })),
    },
    main: html`<h1>
        Escriba lo que necesita${config.smsNumber ? ` al ${readablePhone(config.smsNumber)}` : ""}
      </h1>
      <p class="lead">
        Con sus palabras, como hablando. Sirve cualquier celular, sin internet y sin saldo de datos.
      </p>
      ${whereTo(config)} ${sampleThread}
      <h2>Paso a paso</h2>
      <ol class="steps">
        ${steps.map((step, index) => html`<li><strong>${index + 1}.</strong> ${step}</li>`)}
      </ol>
      <h2>Qué puede escribir</h2>
      ${pairs(needs.map(([written, comes]) => [`«${written}»`, comes]))}
      <p class="quiet">No importan las tildes ni la letra: si algo no se entiende, Minka le pregunta.</p>
      <h2>Palabras que siempre sirven</h2>
      ${pairs(always)}
      <h2>Cuando varios usan el mismo celular</h2>
      <p>
        Cada persona puede poner su palabra secreta: escriba <strong>PALABRA</strong> y una palabra que solo
        usted sepa. Así nadie más ve sus pedidos ni su crédito.
      </p>`,
  }),
});

const pairs = (list: readonly (readonly [written: string, does: string])[]): Html =>
  html`<ul class="rows">
    ${list.map(
      ([written, does]) =>
        html`<li>
          <strong>${written}</strong>
          <p class="quiet">${capitalized(does)}.</p>
        </li>`,
    )}
  </ul>`;

const steps = [
  "Escriba qué necesita y en qué distrito está su chacra.",
  "La primera vez Minka le pregunta si puede guardar su número y su pedido. Responda SI o NO.",
  "Recibe hasta tres opciones con nombre, distancia y precio. Responda con el número de la que quiere.",
  "Le preguntamos a esa persona y le avisamos si puede y qué día.",
  "Después de la visita, responda cómo le fue con una nota del 1 al 5.",
] as const;

function whereTo({ smsNumber, simulator }: WebConfig): Html {
  if (smsNumber)
    return html`<p>
      <a class="action" href="sms:${smsNumber}">Escribir un SMS al ${readablePhone(smsNumber)}</a>
    </p>`;
  if (simulator)
    return html`<p><a class="action" href="/simulator">Probar con un teléfono de prueba</a></p>
      <p class="quiet">Esta es una demostración: nadie recibe un SMS de verdad.</p>`;
  return html`<p class="notice">Pregunte el número de Minka en su organización o a su técnica o técnico.</p>`;
}
