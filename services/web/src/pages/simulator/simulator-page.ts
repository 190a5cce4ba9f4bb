import type { simulatorRead } from "@minka/contracts/notifications";
import type { Answer } from "@minka/contracts/endpoint";
import { readablePhone } from "@minka/domain/phone";
import type { SuggestedPhone } from "../../config.ts";
import { html, type Content, type Html } from "../../design/html.ts";
import { plainFrame } from "../../frame/plain-frame.ts";
import { timeWords } from "../../words/field-words.ts";
import { simulatorAddress, type PhonePair } from "./phones.ts";

export type Message = Answer<typeof simulatorRead>["messages"][number];

type Simulator = {
  readonly phones: PhonePair;
  /** Null when notifications did not answer. */
  readonly messages: { readonly a: readonly Message[] | null; readonly b: readonly Message[] | null };
  readonly suggested: readonly SuggestedPhone[];
  /** A message that could not be sent, kept where it was typed. */
  readonly unsent?: { readonly side: "a" | "b"; readonly text: string } | undefined;
};

/** Of each phone: a page has to stay light. */
const messagesShown = 40;

const sides = {
  a: {
    name: "Quien pide",
    empty: "Este teléfono todavía no escribió a Minka. Pruebe con una de las frases de abajo.",
    phrases: ["nesecito un tecnico pa la monilia en mi cacao, tocache", "SI", "1"],
  },
  b: {
    name: "Quien atiende",
    empty: "Aquí llegan los pedidos cuando alguien le elige. Entonces responda SI o NO.",
    phrases: ["SI", "NO", "LISTO"],
  },
} as const;

export function simulatorPage({ phones, messages, suggested, unsent }: Simulator): Html {
  const labels = new Map(suggested.map(({ phone, label }) => [phone, label]));
  const phone = (side: "a" | "b") => {
    const { name, empty, phrases } = sides[side];
    const number = phones[side];
    const failed = unsent?.side === side;
    const read = messages[side];
    return html`<section class="phone" aria-labelledby="de-${side}">
      <h2 id="de-${side}">
        ${name}
        <span class="quiet"
          >${readablePhone(number)}${labels.has(number) ? ` · ${labels.get(number)}` : ""}</span
        >
      </h2>
      <div class="screen" tabindex="0" role="region" aria-label="Mensajes de ${name.toLowerCase()}">
        ${read === null ? html`<p class="notice">No pudimos leer los mensajes. Pruebe otra vez en un minuto.</p>` : null}
        <ol class="thread" role="log" data-phone="${number}">
          ${read?.length === 0 ? html`<li class="nothing">${empty}</li>` : read?.slice(-messagesShown).map(bubble)}
        </ol>
      </div>
      <form action="/simulator/phones" method="post">
        <input type="hidden" name="a" value="${phones.a}" /><input
          type="hidden"
          name="b"
          value="${phones.b}"
        />
        <input type="hidden" name="side" value="${side}" />
        ${failed ? html`<p class="wrong" id="falla-${side}">El mensaje no salió. Pruebe otra vez en un minuto.</p>` : null}
        <label for="texto-${side}">Escriba un SMS</label>
        <div class="field">
          <input
            id="texto-${side}"
            name="text"
            value="${failed ? unsent.text : ""}"
            autocomplete="off"
            autocapitalize="off"
            maxlength="1000"
            ${failed ? html` aria-invalid="true" aria-describedby="falla-${side}"` : null}
          />
          <button type="submit">Enviar</button>
        </div>
        <div class="chips" role="group" aria-label="Frases para probar">
          ${phrases.map((text) => html`<button type="submit" name="phrase" value="${text}">${text}</button>`)}
        </div>
      </form>
    </section>`;
  };
  return plainFrame({
    title: "Teléfonos de prueba",
    withSimulator: true,
    simulator: true,
    main: html`<h1>Pida con un teléfono y atienda con el otro</h1>
      <p class="lead">
        Escriba como en cualquier celular: Minka responde aquí mismo. Ningún SMS sale de esta máquina.
      </p>
      <p class="refresh"><a href="${simulatorAddress(phones)}">Actualizar los mensajes</a></p>
      <div class="lay">
        <div class="phones">${phone("a")}${phone("b")}</div>
        ${otherPhones(phones, suggested)}
      </div>`,
  });
}

function bubble({ id, direction, text, at, segments }: Message): Html {
  return html`<li class="${direction}" data-id="${id}">
    <b>${direction === "in" ? "Usted" : "Minka"}</b> <span>${text}</span
    ><small><time datetime="${at}">${timeWords(at)}</time> · ${segmentsWords(segments)}</small>
  </li>`;
}

function segmentsWords(segments: number): string {
  return segments === 1 ? "1 SMS" : `${segments} SMS`;
}

function otherPhones(phones: PhonePair, suggested: readonly SuggestedPhone[]): Content {
  const choices = suggested.filter(({ phone }) => phone !== phones.a && phone !== phones.b);
  return html`<section class="others" aria-labelledby="otros">
    <h2 id="otros">Usar otros números</h2>
    ${
      choices.length > 0
        ? html`<ul class="rows">
            ${choices.map(({ phone, label }) => html`<li><span>${readablePhone(phone)}${label ? html` <span class="quiet">· ${label}</span>` : null}</span> <a href="${simulatorAddress({ a: phone, b: phones.b })}">pide</a> <a href="${simulatorAddress({ a: phones.a, b: phone })}">atiende</a></li>`)}
          </ul>`
        : null
    }
    <form class="pair" action="/simulator" method="get">
      <p>
        <label for="numero-a">Quien pide</label
        ><input id="numero-a" name="a" type="tel" value="${phones.a}" autocomplete="off" />
      </p>
      <p>
        <label for="numero-b">Quien atiende</label
        ><input id="numero-b" name="b" type="tel" value="${phones.b}" autocomplete="off" />
      </p>
      <button type="submit">Cambiar de números</button>
    </form>
  </section>`;
}
