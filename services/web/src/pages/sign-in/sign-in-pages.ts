import { exchangeCode, requestCode, signOutEverywhere } from "@minka/contracts/auth";
import { listDelegations, type Delegation } from "@minka/contracts/acting";
import { DomainError } from "@minka/domain/errors";
import { readablePhone } from "@minka/domain/phone";
import { z } from "zod";
import {
  actionButton,
  form,
  hidden,
  optionsField,
  phoneField,
  submit,
  textField,
} from "../../design/fields.ts";
import { html, type Content, type Html } from "../../design/html.ts";
import { empty, pager, row, rows } from "../../design/parts.ts";
import { formState, type Attempt } from "../../forms/attempt.ts";
import * as kinds from "../../forms/field-kinds.ts";
import { actFor, endSession, openSession } from "../../sessions/sessions.ts";
import { spacesOf } from "../../frame/spaces.ts";
import { standingOf } from "../../frame/standing.ts";
import { goTo, safePath } from "../../visits/destination.ts";
import { action, publicPage, signedPage, type View } from "../../visits/page.ts";
import type { Visit } from "../../visits/visit.ts";

const onward = (visit: Visit) => safePath(visit.query["seguir"], "/inicio");
const keepOnward = (visit: Visit) => {
  const path = visit.query["seguir"];
  return path ? `?seguir=${encodeURIComponent(onward(visit))}` : "";
};

/** What they were about to do, by where it leads: the first that fits. */
const errands: readonly (readonly [start: string, words: string])[] = [
  [
    "/mi-servicio/nuevo",
    "Para ofrecer un servicio: entre y diga qué hace, dónde y a cuánto. Registrarse no cuesta.",
  ],
  ["/mi-servicio", "Para ver los pedidos que le hacen."],
  ["/mi-organizacion", "Para ver lo de su organización."],
  ["/pedir", "Para hacer su pedido: así le avisamos cuando le respondan."],
  ["/mi/organizacion/entrar", "Para pedir entrar a la organización."],
  ["/mi/compras", "Para entrar a la compra en grupo."],
  ["/mi/credito", "Para pedir su crédito."],
  ["/mi/pedidos", "Para ver sus pedidos."],
];

function whyHere({ query }: Visit): Content {
  const path = safePath(query["seguir"], "");
  const why = errands.find(([start]) => path.startsWith(start));
  return why ? html`<p>${why[1]}</p>` : null;
}

const whereCodesGo = ({ config }: Visit): Content =>
  config.simulator
    ? html`<p class="quiet">
        Esta es una demostración: el código llega al <a href="/simulator">teléfono de prueba</a>.
      </p>`
    : null;

const sayByText = html`<a href="/por-sms">Escriba por SMS qué necesita y su distrito</a>`;

/** Who one is, is shown by the phone: no password to forget. */
export const enterPage = publicPage("/entrar")({
  read: async (visit) => (visit.person ? goTo(onward(visit)) : null),
  show: (visit, _data, attempt) => ({
    title: "Entrar",
    main: html`<h1>Entre con su celular</h1>
      ${whyHere(visit)}
      <p class="lead">
        Si su número ya está en Minka, le mandamos un SMS con un código. No hace falta contraseña.
      </p>
      ${form(
        visit,
        formState(attempt, "pedir"),
        html`${phoneField(formState(attempt, "pedir"), { name: "celular", label: "Su número de celular", maxlength: 20 })}${submit("Mandarme el código")}`,
      )}
      ${whereCodesGo(visit)}
      <p class="quiet">
        ¿Todavía no está en Minka? ${sayByText}, por ejemplo «3 sacos de urea, uchiza». Cuando Minka le
        pregunte, responda SI: así se registra.
      </p>`,
  }),
  actions: {
    pedir: action(z.object({ celular: kinds.phone().required }), async (visit, { celular }) => {
      await visit.call(requestCode, { body: { phone: celular } });
      return goTo(`/entrar/codigo${keepOnward(visit)}`, undefined, [{ cookie: "entering", phone: celular }]);
    }),
  },
});

const sharer = z.object({ personId: z.uuid(), name: z.string().nullable(), hasWord: z.boolean() });
const sharers = z.object({ people: z.array(sharer) });

const codeFields = z.object({
  codigo: kinds.text(12, "Escriba el código del SMS.").required.transform((text) => text.replace(/\D/g, "")),
  palabra: kinds.text(30).optional,
  persona: kinds.optionalId(),
  eligiendo: kinds.tick(),
});
type Tried = z.output<typeof codeFields>;

export const codePage = publicPage("/entrar/codigo")({
  read: async (visit) => {
    if (visit.person) return goTo(onward(visit));
    return visit.enteringPhone ?? goTo(`/entrar${keepOnward(visit)}`);
  },
  show: (visit, phone, attempt) => ({
    title: "Escriba el código",
    main: html`<h1>Escriba el código del SMS</h1>
      <p class="lead">
        Si el ${readablePhone(phone)} ya está en Minka, le llega un SMS con seis números. Sirven por pocos
        minutos.
      </p>
      ${codeForm(visit, attempt)} ${whereCodesGo(visit)}
      <p class="quiet">
        ¿No llega, o ya no sirve? Espere un minuto y
        <a href="/entrar${keepOnward(visit)}">pida uno nuevo</a>.
      </p>
      <p class="quiet">¿Ese celular todavía no está en Minka? ${sayByText}: así se registra.</p>`,
  }),
  actions: {
    entrar: action(codeFields, async (visit, tried) => {
      const { codigo, palabra, persona } = tried;
      const phone = visit.enteringPhone;
      if (!phone) return goTo(`/entrar${keepOnward(visit)}`);
      const who = palabra ? { word: palabra } : persona ? { personId: persona } : {};
      try {
        const signedIn = await visit.call(exchangeCode, { body: { phone, code: codigo, ...who } });
        const opened = await openSession(visit.means, signedIn);
        return goTo(onward(visit), undefined, [
          { cookie: "session", ...opened },
          { cookie: "entering", phone: null },
        ]);
      } catch (error) {
        const known =
          error instanceof DomainError && error.code === "which-person"
            ? sharers.safeParse(error.details)
            : null;
        if (!known?.success) throw error;
        return whoseTurn(visit, known.data.people, tried);
      }
    }),
  },
});

function codeForm(visit: Visit, attempt: Attempt | null): Html {
  const state = formState(attempt, "entrar");
  return form(
    visit,
    state,
    html`${textField(state, { name: "codigo", label: "Código", inputmode: "numeric", autocomplete: "one-time-code", maxlength: 12 })}${submit("Entrar")}`,
    { to: `/entrar/codigo${keepOnward(visit)}` },
  );
}

/** At a phone that several people share: who has a private word says it, others pick their name. */
function whoseTurn(visit: Visit, people: readonly z.output<typeof sharer>[], tried: Tried): View {
  const open = people.filter(({ hasWord }) => !hasWord);
  const ways = { byName: open.length > 0, byWord: open.length < people.length };
  const state = formState(tried.eligiendo ? notTold(ways, tried) : null, "entrar");
  return {
    title: "¿Quién es usted?",
    status: 409,
    main: html`<h1>¿Quién es usted?</h1>
      <p class="lead">Este celular lo usan varias personas.</p>
      ${form(
        visit,
        state,
        html`${hidden("codigo", tried.codigo)}${hidden("eligiendo", "si")}${
          ways.byName
            ? optionsField(state, {
                name: "persona",
                label: "Elija su nombre",
                options: open.map(({ personId, name }) => ({
                  value: personId,
                  words: name ?? "Otra persona",
                })),
              })
            : null
        }${
          ways.byWord
            ? textField(state, {
                name: "palabra",
                label: ways.byName ? "O escriba su palabra secreta" : "Escriba su palabra secreta",
                type: "password",
                autocomplete: "off",
                optional: ways.byName,
                maxlength: 30,
              })
            : null
        }${submit("Entrar")}`,
        { to: `/entrar/codigo${keepOnward(visit)}` },
      )}`,
  };
}

/** They were asked who they are, and that did not tell it. The word is not shown again: somebody may look on. */
function notTold(
  { byName, byWord }: { byName: boolean; byWord: boolean },
  { palabra, persona }: Tried,
): Attempt {
  const wrongWord = byWord && palabra !== undefined;
  const again = byName ? "Pruebe otra vez o elija su nombre." : "Pruebe otra vez.";
  const missing = byName && byWord ? "Elija su nombre o escriba su palabra." : "Elija su nombre.";
  return {
    action: "entrar",
    typed: persona ? { persona } : {},
    errors: wrongWord
      ? { palabra: `Esa palabra no es. ${again}` }
      : byName
        ? { persona: missing }
        : { palabra: "Escriba su palabra." },
    problem: null,
  };
}

/** Where somebody's work is: who answers for a service or an organization comes for that first. */
export const beginPage = signedPage("/inicio")({
  read: async (visit) => {
    const spaces = spacesOf(await standingOf(visit), visit.person.operator);
    const [own, first] = spaces;
    return goTo((visit.person.operator ? spaces.at(-1) : (first ?? own))?.href ?? "/mi");
  },
  show: () => ({ title: "Inicio", main: null }),
});

export const leavePage = signedPage("/salir")({
  read: async () => null,
  show: (visit, _data, attempt) => ({
    title: "Salir",
    main: html`<h1>¿Salir de Minka en este aparato?</h1>
      <p class="lead">Borramos de aquí sus páginas guardadas. Sus pedidos siguen su camino.</p>
      ${actionButton(visit, formState(attempt, "salir"), "Salir")}
      ${actionButton(visit, formState(attempt, "todos"), "Salir en todos mis aparatos", { quiet: true })}`,
  }),
  actions: {
    salir: action(z.object({}), async (visit) => {
      if (visit.session) await endSession(visit.means, visit.session, visit.trace);
      return goTo("/", "salio", [{ cookie: "session", key: null }]);
    }),
    todos: action(z.object({}), async (visit) => {
      await visit.call(signOutEverywhere, {});
      if (visit.session) await endSession(visit.means, visit.session, visit.trace);
      return goTo("/", "salio", [{ cookie: "session", key: null }]);
    }),
  },
});

const whom = z.object({ persona: kinds.id(), organizacion: kinds.optionalId() });

/** For whom one may act, as they agreed. */
export const othersPage = signedPage("/mi/por-otros")({
  read: async (visit) =>
    visit.person.actedBy
      ? null
      : visit.call(listDelegations, {
          query: { side: "held", state: "active", cursor: visit.query["desde"], limit: 20 },
        }),
  show: (visit, held, attempt) => ({
    title: "Pedir por otra persona",
    main: visit.person.actedBy
      ? html`<h1>Usted está pidiendo por otra persona</h1>
          ${actionButton(visit, formState(attempt, "terminar"), "Dejar de hacerlo")}`
      : html`<h1>Pedir por otra persona</h1>
          <p class="lead">Quien no tiene celular puede darle permiso de pedir en su nombre.</p>
          ${permissions(visit, held?.items ?? [], attempt)}${pager(visit.path, visit.query, held?.next ?? null)}`,
  }),
  actions: {
    empezar: action(whom, async (visit, { persona, organizacion }) => {
      if (visit.session)
        await actFor(
          visit.means,
          visit.session,
          { personId: persona, organizationId: organizacion },
          visit.trace,
        );
      return goTo("/mi");
    }),
    terminar: action(z.object({}), async (visit) => {
      if (visit.session) await actFor(visit.means, visit.session, null, visit.trace);
      return goTo("/mi/por-otros");
    }),
  },
});

function permissions(visit: Visit, active: readonly Delegation[], attempt: Attempt | null): Html {
  if (active.length === 0)
    return empty(
      "Todavía nadie le dio permiso. La otra persona lo da respondiendo SI a un SMS: escriba AYUDAR A y su número a Minka.",
    );
  return rows(
    active.map(({ principal, organization }) => {
      const personId = principal?.personId ?? "";
      return row({
        title: principal?.name ?? "Alguien sin nombre",
        lines: [organization ? `Por ${organization.name}` : null],
        more: actionButton(
          visit,
          formState(attempt, "empezar", {}, { persona: personId }),
          "Pedir en su nombre",
          {
            values: { persona: personId, ...(organization ? { organizacion: organization.id } : {}) },
            quiet: true,
          },
        ),
      });
    }),
  );
}
