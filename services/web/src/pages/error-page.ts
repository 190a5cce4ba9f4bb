import type { App } from "@minka/http/app";
import { DomainError } from "@minka/domain/errors";
import { answerError, statusOf } from "@minka/http/errors";
import type { FastifyReply, FastifyRequest } from "fastify";
import { html, type Html } from "../design/html.ts";
import { plainFrame } from "../frame/plain-frame.ts";
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

const changedHands: Words = {
  title: "Esta página era de otra persona",
  advice: "Alguien más entró en este aparato. No se envió nada. Entre con su celular y hágalo otra vez.",
};
const foreign: Words = {
  title: "Esto no se envió",
  advice: "El formulario no vino de una página de Minka. Abra la página aquí y envíelo otra vez.",
};
const signIn: Words = {
  title: "Entre para seguir",
  advice: "Su entrada terminó. Entre otra vez con su celular.",
};
const notYours: Words = {
  title: "Esto lo ve otra persona",
  advice: "Lo que busca es de otra persona o de otra organización.",
};
const tooMany: Words = {
  title: "Espere un minuto",
  advice: "Son muchas páginas seguidas desde aquí. Espere un minuto y siga.",
};

function wordsFor(status: number, code: string | null): Words {
  if (code === "simulator-closed") return closed;
  if (code === "another-persons-form") return changedHands;
  if (code === "foreign-form") return foreign;
  if (status === 401) return signIn;
  if (status === 403) return notYours;
  if (status === 429) return tooMany;
  if (status === 404) return notFound;
  if (status === 503) return late;
  return status < 500 ? refused : ours;
}

/** A page that says what to do next; `trace` is what a person can read out to whoever helps them. */
function errorPage(status: number, trace: string, code: string | null, withSimulator: boolean): Html {
  const { title, advice } = wordsFor(status, code);
  const next =
    status === 401 || code === "another-persons-form"
      ? { href: "/entrar", words: "Entrar" }
      : { href: "/", words: "Ir a la primera página" };
  return plainFrame({
    title,
    withSimulator,
    main: html`<div class="empty">
      <h1>${title}</h1>
      <p>${advice}</p>
      <p><a class="action" href="${next.href}">${next.words}</a></p>
      <p class="quiet">Para quien le ayude: ${status}, ${trace}</p>
    </div>`,
  });
}

const codeOf = (error: unknown) => (error instanceof DomainError ? error.code : null);

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
    await sendPage(request, reply, {
      status,
      page: errorPage(status, request.id, codeOf(error), withSimulator),
    });
  });
  app.notFoundPages.answer = async (request: FastifyRequest, reply: FastifyReply) =>
    sendPage(request, reply, { status: 404, page: errorPage(404, request.id, null, withSimulator) });
}
