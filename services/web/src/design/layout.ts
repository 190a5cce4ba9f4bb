import {
  deskStylesheet,
  mark,
  pageScript,
  simulatorScript,
  simulatorStylesheet,
  stylesheet,
} from "./assets.ts";
import { html, Html, type Content } from "./html.ts";

type Layout = {
  /** What the browser's tab says; the product's name is added. */
  readonly title: string;
  readonly description?: string | undefined;
  /** For search engines: an object of schema.org. */
  readonly facts?: object | undefined;
  /** The one address of a page that has many. */
  readonly canonical?: string | undefined;
  readonly desk?: boolean;
  /** Keeps pages and what is sent for when there is no signal. */
  readonly offline?: boolean;
  readonly links: Content;
  /** The pages of the part one is in. */
  readonly within?: Content;
  readonly main: Content;
  readonly simulator?: boolean;
  /** Somebody's own page, not one for all: who writes programs looks among the others. */
  readonly own?: boolean;
};

/** The frame of every page: the woven band, the name, what else there is, where the data come from. */
export function layout(page: Layout): Html {
  const { title, description, facts, canonical, desk, offline, links, within, main, simulator, own } = page;
  return html`<!doctype html>
    <html lang="es-PE">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="theme-color" content="#24170f" />
        <title>${title} · Minka</title>
        ${
          description
            ? html`<meta name="description" content="${description}" />
                <meta property="og:title" content="${title}" />
                <meta property="og:description" content="${description}" />`
            : null
        }
        ${canonical ? html`<link rel="canonical" href="${canonical}" />` : null}
        <link rel="icon" href="${mark.url}" type="image/svg+xml" />
        <link rel="manifest" href="/minka.webmanifest" />
        <link rel="stylesheet" href="${stylesheet.url}" />
        ${desk ? html`<link rel="stylesheet" href="${deskStylesheet.url}" />` : null}
        ${simulator ? html`<link rel="stylesheet" href="${simulatorStylesheet.url}" />` : null}
        ${offline ? html`<script type="module" src="${pageScript.url}"></script>` : null}
        ${simulator ? html`<script type="module" src="${simulatorScript.url}"></script>` : null}
        ${
          facts
            ? html`<script type="application/ld+json">
                ${asData(facts)}
              </script>`
            : null
        }
      </head>
      <body>
        <a class="skip" href="#contenido">Ir al contenido</a>
        <header class="top">
          <a class="name" href="/"><img src="${mark.url}" width="28" height="28" alt="" /> Minka</a>
          <nav aria-label="Páginas">${links}</nav>
        </header>
        ${within}
        <main id="contenido" ${desk ? html` class="desk"` : null}>${main}</main>
        <footer>
          <p>Minka junta a quienes cultivan café y cacao con quienes les pueden servir, por SMS.</p>
          <p>
            <a href="/ofertas">Ofertas</a> · <a href="/precios">Precios</a> ·
            <a href="/capacitaciones">Capacitaciones</a> · <a href="/compras-juntas">Compras en grupo</a> ·
            <a href="/organizaciones">Organizaciones</a> · <a href="/por-sms">Cómo pedir por SMS</a> ·
            <a href="/mi-servicio/nuevo">Ofrecer un servicio</a
            >${own ? null : html` · <a href="/docs">Para programar con Minka</a>`}
          </p>
          <p>
            Lugares de los distritos: <a href="https://www.geonames.org/" rel="noreferrer">GeoNames</a>, CC BY
            4.0.
          </p>
        </footer>
      </body>
    </html>`;
}

/** No value can end the element that it stands in. */
const asData = (facts: object) =>
  new Html(JSON.stringify({ "@context": "https://schema.org", ...facts }).replaceAll("<", "\\u003c"));
