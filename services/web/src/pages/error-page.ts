import type { App } from "@minka/http/app";
import { DomainError } from "@minka/domain/errors";
import { answerError, statusOf } from "@minka/http/errors";
import type { FastifyReply, FastifyRequest } from "fastify";
import { html, type Html } from "../design/html.ts";
import { frame } from "../frame/frame.ts";
import { plainFrame } from "../frame/plain-frame.ts";
import { standingAtOnce, standingUnasked } from "../frame/standing.ts";
import { largestFileWords } from "../forms/form-values.ts";
import { sendOwn } from "../visits/send-own.ts";
import { visitorOfFailed, type AnyVisit } from "../visits/receive.ts";
import type { WebMeans } from "../visits/visit.ts";
import { sendPage } from "./send-page.ts";

type Words = { readonly title: string; readonly advice: string; readonly next?: Next };
type Next = { readonly href: string; readonly words: string };

const enter: Next = { href: "/entrar", words: "Entrar" };
const home: Next = { href: "/", words: "Ir a la primera página" };
/** Where who is signed in begins, whatever they are. */
const ownStart: Next = { href: "/inicio", words: "Ir a mi inicio" };

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
  next: enter,
};
const foreign: Words = {
  title: "Esto no se envió",
  advice: "El formulario no vino de una página de Minka. Abra la página aquí y envíelo otra vez.",
};
const signIn: Words = {
  title: "Entre para seguir",
  advice: "Su entrada terminó. Entre otra vez con su celular.",
  next: enter,
};
const notYours: Words = {
  title: "Esto lo ve otra persona",
  advice: "Lo que busca es de otra persona o de otra organización.",
};
const tooMany: Words = {
  title: "Espere un minuto",
  advice: "Son muchas páginas seguidas desde aquí. Espere un minuto y siga.",
};

const changed: Words = {
  title: "Esto ya cambió",
  advice: "Otra persona lo cambió antes, o ya estaba hecho. Abra la página otra vez y mire cómo está ahora.",
};
const tooLarge: Words = {
  title: "Lo que envió pesa demasiado",
  advice: `No se guardó nada. Un archivo puede pesar hasta ${largestFileWords}. Si el suyo es más grande, quítele las fotos, guárdelo como CSV o pártalo en dos.`,
};

/** What is private, asked for by who may be anybody of a shared phone: one step, and then on to it. */
const wordNeeded = (onward: string): Words => ({
  title: "Primero ponga su palabra secreta",
  advice:
    "Varias personas usan su celular, y otra podría entrar con su nombre. Con su palabra secreta nadie más ve lo que es solo suyo: su crédito, sus pagos, sus mensajes y sus datos.",
  next: {
    href: `/mi/datos/palabra?seguir=${encodeURIComponent(onward)}`,
    words: "Poner mi palabra secreta",
  },
});

function wordsFor({ status, code, address }: Failure): Words {
  if (code === "word-needed") return wordNeeded(address);
  if (code === "simulator-closed") return closed;
  if (code === "another-persons-form") return changedHands;
  if (code === "foreign-form") return foreign;
  if (status === 401) return signIn;
  if (status === 403) return notYours;
  if (status === 409) return changed;
  if (status === 413) return tooLarge;
  if (status === 429) return tooMany;
  if (status === 404) return notFound;
  if (status === 503) return late;
  return status < 500 ? refused : ours;
}

type Failure = {
  readonly status: number;
  readonly code: string | null;
  /** What a person can read out to whoever helps them. */
  readonly trace: string;
  /** What was asked for. */
  readonly address: string;
  /** Of the page that it happened on, where one can go back to it. */
  readonly back: string | null;
};

/** Says what to do next, and leads back to where something was being sent. */
function view(failure: Failure, signedIn: boolean) {
  const { status, trace, back } = failure;
  const { title, advice, next = signedIn ? ownStart : home } = wordsFor(failure);
  return {
    title,
    main: html`<div class="empty">
      <h1>${title}</h1>
      <p>${advice}</p>
      ${back === null ? null : html`<p><a class="action" href="${back}">Volver a la página</a></p>`}
      <p><a class="${back === null ? "action" : "more"}" href="${next.href}">${next.words}</a></p>
      <p class="quiet">Para quien le ayude: ${status}, ${trace}</p>
    </div>`,
  };
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

/**
 * What was sent and not taken was written on a page of the same address; somebody else's, and one that does not open
 * either, is not to be gone back to.
 */
const backFrom = ({ method, url }: FastifyRequest, code: string | null): string | null =>
  method === "POST" && code !== "another-persons-form" && code !== "word-needed" ? url : null;

/**
 * Who is signed in keeps their frame: where they work, and how they leave. It is drawn with what answers, and where
 * not even that can be known, the page is nobody's: an error page that fails would leave a blank.
 */
async function sendFailure(means: WebMeans, request: FastifyRequest, reply: FastifyReply, failure: Failure) {
  const { status } = failure;
  try {
    const visit = await visitorOfFailed(means, request);
    if (visit.person)
      return await sendOwn(request, reply, visit, { status, page: await own(visit, failure) });
  } catch (error) {
    request.log.warn({ err: error }, "an error page for nobody");
  }
  const { title, main } = view(failure, false);
  const withSimulator = means.config.simulator !== null;
  return sendPage(request, reply, { status, page: plainFrame({ title, withSimulator, main }) });
}

const own = (visit: AnyVisit, failure: Failure): Promise<Html> =>
  frame(
    visit,
    view(failure, true),
    null,
    // Who asks too often is not to cause more calls by it.
    failure.status === 429 ? standingUnasked() : standingAtOnce(visit),
  );

/** Errors of this service's own pages as pages; whoever did not ask for HTML gets the problem as JSON. */
export function servePageErrors(app: App, means: WebMeans): void {
  app.setErrorHandler(async (error, request, reply) => {
    if (!wantsPage(request)) return answerError(error, request, reply);
    const [status, code] = [statusFor(error), codeOf(error)];
    if (status >= 500) request.log.error({ err: error }, "page failed");
    const wait = error instanceof DomainError ? error.details["retryAfterSeconds"] : undefined;
    if (typeof wait === "number") reply.header("retry-after", String(wait));
    await sendFailure(means, request, reply, {
      status,
      code,
      trace: request.id,
      address: request.url,
      back: backFrom(request, code),
    });
  });
  app.notFoundPages.answer = (request: FastifyRequest, reply: FastifyReply) =>
    sendFailure(means, request, reply, {
      status: 404,
      code: null,
      trace: request.id,
      address: request.url,
      back: null,
    });
}
