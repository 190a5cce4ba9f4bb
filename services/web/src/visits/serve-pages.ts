import { DomainError } from "@minka/domain/errors";
import type { App } from "@minka/http/app";
import { statusOf } from "@minka/http/errors";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import type { Attempt } from "../forms/attempt.ts";
import { html, type Content } from "../design/html.ts";
import { hiddenFields, textOf, type FormValues } from "../forms/form-values.ts";
import { frame } from "../frame/frame.ts";
import {
  findInterrupted,
  forgetInterrupted,
  isSame,
  keepInterrupted,
  valuesOf,
} from "../sessions/interrupted-forms.ts";
import { changeCookie } from "../sessions/session-cookie.ts";
import { refusalWords } from "../words/refusal-words.ts";
import { fromBeginning } from "./asked.ts";
import { Destination, goTo } from "./destination.ts";
import { asWritten } from "./draw-again.ts";
import { noticeOf, noticeParameter, withNotice } from "./notices.ts";
import { Download, type Action, type FileRoute, type Page, type View } from "./page.ts";
import { readForm } from "./read-form.ts";
import { refuseForeignForms } from "./same-origin.ts";
import { sendOwn } from "./send-own.ts";
import { receive, type AnyVisit } from "./receive.ts";
import type { WebMeans } from "./visit.ts";

/** Tells it to keep nothing of this page. */
const keepHeader = "x-minka-keep";

/** Serves pages and what their forms do, all in one way: who visits, what is read, what is shown or done. */
export function servePages(app: App, means: WebMeans, files: readonly FileRoute[]): void {
  for (const page of means.pages) {
    app.get(page.path, (request, reply) => showPage(means, page, request, reply));
    if (Object.keys(page.actions).length > 0)
      app.post(page.path, (request, reply) => doAction(means, page, request, reply));
  }
  for (const { path, who, make } of files) {
    app.get(path, async (request, reply) => {
      const visit = await receive(means, request, reply, null);
      if (!mayEnter(who, visit)) return sendToSignIn(request, reply, visit);
      refuseWrongIds(visit);
      return sendFile(reply, await make(visit as never));
    });
  }
}

async function showPage(means: WebMeans, page: Page, request: FastifyRequest, reply: FastifyReply) {
  const visit = await receive(means, request, reply, null);
  if (!mayEnter(page.who, visit)) return sendToSignIn(request, reply, visit);
  refuseWrongIds(visit);
  const waiting = visit.person && (await findInterrupted(means, visit.interruptedId, visit.person));
  if (waiting?.address !== request.url) return answer(page, visit, request, reply, null);
  // Their form as it was: what is sent of it now is what was being sent.
  const command = textOf(valuesOf(waiting), hiddenFields.command);
  const again = { ...visit, newCommand: () => command ?? visit.newCommand() };
  reply.header(keepHeader, "no");
  return answer(page, again, request, reply, asWritten(waiting));
}

async function doAction(means: WebMeans, page: Page, request: FastifyRequest, reply: FastifyReply) {
  refuseForeignForms(request);
  const visit = await receive(means, request, reply, () => sentWith(request));
  const { values } = await sentWith(request);
  if (!mayEnter(page.who, visit) || isLeftOver(await readFormOf(request), visit)) {
    if (visit.waited) return reply.status(401).send();
    return askWhoSends(means, page, request, reply, visit);
  }
  if (isOthersForm(await readFormOf(request), visit)) {
    // Kept for whoever wrote it.
    if (visit.waited) return reply.status(412).send();
    throw new DomainError("conflict", "another-persons-form", "Somebody else had opened this form.");
  }
  refuseWrongIds(visit);
  const name = textOf(values, hiddenFields.action) ?? "";
  const chosen = Object.hasOwn(page.actions, name) ? page.actions[name] : undefined;
  if (!chosen)
    throw new DomainError("invalid", "no-such-action", "The form names nothing that can be done here.");
  const outcome = await attempt(chosen, { name, refusals: page.refusals }, visit, values);
  // Where a service was away it has not come: it waits on.
  if (!("failure" in outcome) || outcome.status < 500) await settleInterrupted(request, reply, visit);
  if ("failure" in outcome) {
    const { problem, errors } = outcome.failure;
    if (visit.waited) return reply.status(outcome.status).send({ problem, errors });
    return answer(page, visit, request, reply, outcome.failure, outcome.status);
  }
  if (visit.waited) return answerWaited(reply, outcome.result);
  if (outcome.result instanceof Destination) return redirect(visit, request, reply, outcome.result);
  if (outcome.result instanceof Download) return sendFile(reply, outcome.result);
  return send(outcome.result, null, visit, request, reply);
}

/** Nobody sees what came of it: that it is done can be said where it waited, a page or a file has to be looked at. */
function answerWaited(reply: FastifyReply, result: Destination | Download | View) {
  if (result instanceof Destination) return reply.status(204).send();
  const what = result instanceof Download ? "un archivo" : `«${result.title}»`;
  const problem = `Minka respondió con ${what}, que se ve con señal. Ábralo y envíelo otra vez para verlo.`;
  return reply.status(409).send({ problem, errors: {} });
}

const forms = new WeakMap<FastifyRequest, Promise<FormValues>>();

/** A stream of parts can be read once. */
function readFormOf(request: FastifyRequest): Promise<FormValues> {
  const form = forms.get(request) ?? readForm(request);
  forms.set(request, form);
  return form;
}

async function sentWith(request: FastifyRequest) {
  const form = await readFormOf(request);
  const { [hiddenFields.command]: _key, [hiddenFields.person]: _tag, ...values } = form;
  return { command: textOf(form, hiddenFields.command) ?? null, values };
}

/** What is no refusal of what was asked, but of who asks. */
const signedOut = new Set(["sign-in-needed", "token-refused", "token-malformed"]);

async function attempt(
  { fields, run, fieldOf }: Action<never, never>,
  { name, refusals }: { name: string; refusals: Page["refusals"] },
  visit: AnyVisit,
  typed: FormValues,
): Promise<{ result: Awaited<ReturnType<typeof run>> } | { failure: Attempt; status: number }> {
  const parsed = fields.safeParse(typed);
  if (!parsed.success) {
    const errors = Object.fromEntries(
      parsed.error.issues.toReversed().map(({ path, message }) => [String(path[0] ?? ""), message]),
    );
    return { failure: { action: name, typed, errors, problem: null }, status: 422 };
  }
  try {
    return { result: await run(visit as never, parsed.data as never) };
  } catch (error) {
    if (!(error instanceof DomainError) || signedOut.has(error.code)) throw error;
    // Nobody sees a page of what waited: that it is not there any more is said where it waited.
    if (error.category === "not-found" && !visit.waited) throw error;
    const named = error.errors.flatMap(({ path }) => {
      const field = fieldOf?.(path) ?? path.split(".").at(-1);
      return field !== undefined && field in typed ? [[field, "Revise este dato."] as const] : [];
    });
    const failure = {
      action: name,
      typed,
      errors: Object.fromEntries(named),
      problem: refusalWords(error, refusals),
    };
    return { failure, status: statusOf[error.category] };
  }
}

async function answer(
  page: Page,
  asking: AnyVisit,
  request: FastifyRequest,
  reply: FastifyReply,
  failed: Attempt | null,
  status = 200,
) {
  if (page.fleeting) reply.header(keepHeader, "no");
  const { visit, data } = await readFor(page, asking);
  if (data instanceof Destination) return redirect(visit, request, reply, data);
  const view = page.show(visit as never, data as never, failed);
  const notice = noticeOf(visit.means.keys, {
    value: visit.query[noticeParameter],
    path: visit.path,
    tag: visit.person?.tag ?? "-",
    now: visit.now,
  });
  const words = notice !== null && Object.hasOwn(page.notices, notice) ? page.notices[notice] : null;
  const shown = failed ? { ...view, main: html`${unseen(failed, view)}${view.main}` } : view;
  return send({ status, ...shown }, failed ? null : words, visit, request, reply);
}

/** A list that gave no such place as the address names is shown from its beginning, and the frame says so. */
async function readFor(page: Page, visit: AnyVisit): Promise<{ visit: AnyVisit; data: unknown }> {
  try {
    return { visit, data: await page.read(visit as never) };
  } catch (error) {
    const again = fromBeginning(visit, error);
    if (!again) throw error;
    return { visit: again, data: await page.read(again as never) };
  }
}

/** Why something was refused, where the page no longer has the form that would say it: it has changed meanwhile. */
function unseen({ problem }: Attempt, { main }: View): Content {
  if (html`${main}`.markup.includes('role="alert"')) return null;
  return html`<p class="wrong" role="alert">
    ${problem ?? "No se pudo: esto ya cambió. Vea cómo está ahora."}
  </p>`;
}

async function send(
  view: View,
  notice: Parameters<typeof frame>[2],
  visit: AnyVisit,
  request: FastifyRequest,
  reply: FastifyReply,
) {
  if (view.fleeting) reply.header(keepHeader, "no");
  return sendOwn(request, reply, visit, {
    status: view.status ?? 200,
    page: await frame(visit, view, notice),
  });
}

function mayEnter(who: Page["who"], { person }: AnyVisit): boolean {
  if (who === "anyone") return true;
  if (!person) return false;
  // To anybody else these pages do not exist. What they show is refused by the services besides.
  if (who === "operator" && !person.operator)
    throw new DomainError("not-found", "no-such-page", "Nothing is here.");
  return true;
}

function sendToSignIn(request: FastifyRequest, reply: FastifyReply, visit: AnyVisit) {
  const onward = request.method === "GET" ? request.url : visit.path;
  return redirect(visit, request, reply, goTo(`/entrar?seguir=${encodeURIComponent(onward)}`));
}

/** Where a sign-in is over what was being sent waits until its person is back. */
async function askWhoSends(
  means: WebMeans,
  page: Page,
  request: FastifyRequest,
  reply: FastifyReply,
  visit: AnyVisit,
) {
  const [values, { path, params }] = [await readFormOf(request), visit];
  const where = { address: request.url, page: page.path, params };
  const id = await keepInterrupted(means, { ...where, path, values });
  if (id === null) return sendToSignIn(request, reply, visit);
  await forgetInterrupted(means, visit.interruptedId);
  return redirect(
    visit,
    request,
    reply,
    goTo(`/entrar?seguir=${encodeURIComponent("/entrar/seguir")}`, undefined, [
      { cookie: "interrupted", id },
    ]),
  );
}

/** What was being sent has come. */
async function settleInterrupted(
  request: FastifyRequest,
  reply: FastifyReply,
  { means, interruptedId, person }: AnyVisit,
): Promise<void> {
  if (!person || interruptedId === null) return;
  const form = await findInterrupted(means, interruptedId, person);
  if (form && !isSame(form, await sentWith(request))) return;
  await forgetInterrupted(means, interruptedId);
  changeCookie(request, reply, { cookie: "interrupted", id: null });
}

function redirect(
  { means, person, now }: AnyVisit,
  request: FastifyRequest,
  reply: FastifyReply,
  { path, notice, cookies }: Destination,
) {
  for (const change of cookies) changeCookie(request, reply, change);
  // Who has just come or gone is somebody else on the next page.
  const changed = cookies.some(({ cookie }) => cookie === "session");
  const tag = changed ? "-" : (person?.tag ?? "-");
  return reply.redirect(notice === null ? path : withNotice(means.keys, { path, notice }, tag, now), 303);
}

/** A form that somebody opened while they were signed in, on a page that is also for who is not. */
const isLeftOver = (values: FormValues, { person }: AnyVisit): boolean =>
  !person && textOf(values, hiddenFields.person) !== undefined;

/** A form that somebody else opened on this device, before who is signed in now. */
function isOthersForm(values: FormValues, { person }: AnyVisit): boolean {
  const tag = textOf(values, hiddenFields.person);
  return tag !== undefined && tag !== (person?.tag ?? "");
}

const uuid = z.uuid();

function refuseWrongIds({ params }: AnyVisit): void {
  for (const [name, value] of Object.entries(params)) {
    if (name.endsWith("Id") && !uuid.safeParse(value).success)
      throw new DomainError("not-found", "no-such-page", "Nothing is here.");
  }
}

function sendFile(reply: FastifyReply, { fileName, contentType, bytes }: Download) {
  return reply
    .header("content-disposition", `attachment; filename="${fileName.replace(/[^\w.-]+/g, "-")}"`)
    .header("cache-control", "private, no-store")
    .type(contentType)
    .send(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
}
