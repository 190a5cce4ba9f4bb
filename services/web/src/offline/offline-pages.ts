import type { App } from "@minka/http/app";
import { html } from "../design/html.ts";
import {
  band,
  mark,
  pageScript,
  sendAsset,
  serviceWorker,
  stylesheet,
  waitingScript,
} from "../design/assets.ts";
import { layout } from "../design/layout.ts";
import { sendPage } from "../pages/send-page.ts";

const links = html`<a href="/mi">Inicio</a>`;

/** Shown where a page was never opened while there was a signal. */
const noSignal = layout({
  title: "Sin señal",
  offline: true,
  links,
  main: html`<div class="empty">
    <h1>No hay señal</h1>
    <p>Esta página no está guardada en su celular. Las que abrió antes sí se pueden ver.</p>
    <p>Por SMS puede pedir con poca señal: un mensaje pasa donde una página no.</p>
    <p><a class="action" href="/mi">Ver mi página guardada</a></p>
    <form method="post" action="/salir">
      <input type="hidden" name="accion" value="salir" />
      <button class="quiet-button">Salir de Minka en este aparato</button>
    </form>
  </div>`,
});

/** Who left without a signal: nothing is left here, and Minka is told before anything is shown again. */
const left = layout({
  title: "Salió",
  offline: true,
  links,
  main: html`<div class="empty">
    <h1>Usted salió de este aparato</h1>
    <p>Borramos sus páginas guardadas. Con la primera señal cerramos también su entrada.</p>
    <p><a class="action" href="/">Ir a la primera página</a></p>
  </div>`,
});

/** What is too private to be kept on a device that others use. */
const notSent = layout({
  title: "No se envió",
  offline: true,
  links,
  main: html`<div class="empty">
    <h1>No se envió: no hay señal</h1>
    <p>Esto no lo guardamos en el celular. Vuelva a la página anterior y envíelo cuando haya señal.</p>
    <p><a class="action" href="/mi">Ver mi página guardada</a></p>
  </div>`,
});

/** What was sent without a signal waits here; the list, and what it says at its head, is written by a script. */
const waiting = layout({
  title: "Guardado",
  offline: true,
  links,
  main: html`<h1>Lo guardamos: se envía cuando haya señal</h1>
    <p class="lead" role="status">No hace falta hacer nada más. No se envía dos veces.</p>
    <ul class="rows" data-cola></ul>
    <p><a class="action quiet-button" href="/mi">Ir a mi página</a></p>
    <p class="quiet">
      Si sale de Minka en este celular, lo que espera se queda para cuando usted vuelva a entrar.
    </p>`,
});

/** What browsers ask for to work without a signal, and to put Minka among the phone's own programs. */
export function serveOffline(app: App): void {
  app.get("/sin-senal", (request, reply) => sendPage(request, reply, { page: noSignal }));
  app.get("/guardado", (request, reply) => sendPage(request, reply, { page: waiting }));
  app.get("/salio", (request, reply) => sendPage(request, reply, { page: left }));
  app.get("/sin-enviar", (request, reply) => sendPage(request, reply, { page: notSent }));
  const script = serviceWorker([
    "/sin-senal",
    "/guardado",
    "/salio",
    "/sin-enviar",
    ...[stylesheet, pageScript, waitingScript, mark, band].map(({ url }) => url),
  ]);
  app.get("/sw.js", async (request, reply) =>
    // The worker fetches under the policy that it came with.
    sendAsset(
      request,
      reply.headers({
        "cache-control": "no-cache",
        "content-security-policy": "default-src 'none'; connect-src 'self'",
      }),
      script,
    ),
  );
  app.get("/minka.webmanifest", async (_request, reply) =>
    reply
      .type("application/manifest+json")
      .header("cache-control", "public, max-age=86400")
      .send(
        JSON.stringify({
          name: "Minka",
          short_name: "Minka",
          description: "Servicios para su café y su cacao",
          lang: "es-PE",
          start_url: "/mi",
          scope: "/",
          display: "standalone",
          background_color: "#fbf7f0",
          theme_color: "#24170f",
          icons: [{ src: mark.url, type: "image/svg+xml", sizes: "any", purpose: "any" }],
        }),
      ),
  );
}
