import type { App } from "@minka/http/app";
import { DomainError } from "@minka/domain/errors";
import { answerError, statusOf } from "@minka/http/errors";
import type { FastifyReply, FastifyRequest } from "fastify";
import { html, type Html } from "../design/html.ts";
import { layout } from "../design/layout.ts";
import { sendPage } from "./send-page.ts";

type Words = { readonly title: string; readonly advice: string };

const notFound: Words = {
  title: "Esta página no existe",
  advice: "Puede que el enlace esté mal escrito. Empiece por la primera página.",
};
const ours: Words = {
  title: "Algo falló de nuestro lado",
  advice: "No es culpa suya. Pruebe otra vez en un minuto. Sus mensajes por SMS no se pierden.",
};
const late: Words = {
  title: "Ahora no le podemos responder",
  advice:
    "Un servicio de Minka no contesta. Pruebe otra vez en un minuto. Sus mensajes por SMS no se pierden.",
};
const refused: Words = {
  title: "Esto no se puede hacer así",
  advice: "Vuelva a la página anterior y revise lo que escribió.",
};
const closed: Words = {
  title: "Esta página no está abierta",
  advice: "Los teléfonos de prueba solo se abren desde la misma máquina donde corre Minka.",
};

function wordsFor(status: number): Words {
  if (status === 403) return closed;
  if (status === 404) return notFound;
  if (status === 503) return late;
  return status < 500 ? refused : ours;
}

/** A page that says what to do next; `code` is what a person can read out to whoever helps them. */
function errorPage(status: number, code: string, withSimulator: boolean): Html {
  const { title, advice } = wordsFor(status);
  return layout({
    title,
    withSimulator,
    main: html`<div class="empty">
      <h1>${title}</h1>
      <p>${advice}</p>
      <p><a class="action" href="/">Ir a la primera página</a></p>
      <p class="quiet">Para quien le ayude: ${status}, ${code}</p>
    </div>`,
  });
}

function wantsPage(request: FastifyRequest): boolean {
  return (request.headers.accept ?? "").includes("text/html");
}

function statusFor(error: unknown): number {
  if (error instanceof DomainError) return statusOf[error.category];
  if (error instanceof Error && "statusCode" in error && typeof error.statusCode === "number") {
    return error.statusCode;
  }
  return 500;
}

/** Errors of this service's own pages as pages; whoever did not ask for HTML gets the problem as JSON. */
export function servePageErrors(app: App, withSimulator: boolean): void {
  app.setErrorHandler(async (error, request, reply) => {
    if (!wantsPage(request)) return answerError(error, request, reply);
    const status = statusFor(error);
    if (status >= 500) request.log.error({ err: error }, "page failed");
    await sendPage(request, reply, { status, page: errorPage(status, request.id, withSimulator) });
  });
  app.notFoundPages.answer = async (request: FastifyRequest, reply: FastifyReply) =>
    sendPage(request, reply, { status: 404, page: errorPage(404, request.id, withSimulator) });
}
