import { mark, simulatorScript, stylesheet } from "./assets.ts";
import { html, type Content, type Html } from "./html.ts";

type Layout = {
  /** What the browser's tab says; the product's name is added. */
  readonly title: string;
  readonly description?: string;
  readonly main: Content;
  readonly withSimulator: boolean;
  readonly script?: "simulator";
};

/** The frame of every page: the woven band, the name, what else there is, where the data come from. */
export function layout({ title, description, main, withSimulator, script }: Layout): Html {
  return html`<!doctype html>
    <html lang="es-PE">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title} · Minka</title>
        ${description ? html`<meta name="description" content="${description}" />` : null}
        <link rel="icon" href="${mark.url}" type="image/svg+xml" />
        <link rel="stylesheet" href="${stylesheet.url}" />
        ${script ? html`<script type="module" src="${simulatorScript.url}"></script>` : null}
      </head>
      <body>
        <a class="skip" href="#contenido">Ir al contenido</a>
        <header class="top">
          <a class="name" href="/"><img src="${mark.url}" width="28" height="28" alt="" /> Minka</a>
          <nav aria-label="Páginas">
            ${withSimulator ? html`<a href="/simulator">Probar</a>` : null}
            <a href="/docs">API</a>
          </nav>
        </header>
        <main id="contenido">${main}</main>
        <footer>
          <p>Minka junta a quienes cultivan café y cacao con quienes les pueden servir, por SMS.</p>
          <p>
            Lugares de los distritos: <a href="https://www.geonames.org/" rel="noreferrer">GeoNames</a>, CC BY
            4.0.
          </p>
        </footer>
      </body>
    </html>`;
}
