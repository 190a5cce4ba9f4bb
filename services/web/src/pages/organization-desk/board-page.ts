import {
  addBoardSeat,
  boardPositions,
  changeBoardSeat,
  listBoard,
  removeBoardSeat,
} from "@minka/contracts/organizations";
import type { Answer } from "@minka/contracts/endpoint";
import { z } from "zod";
import { actionButton, dayField, form, hidden, selectField, submit, textField } from "../../design/fields.ts";
import { html, type Content, type Html } from "../../design/html.ts";
import { empty, notice, progress, row, rows, stateMark, withQuery } from "../../design/parts.ts";
import { formState, type Attempt } from "../../forms/attempt.ts";
import * as kinds from "../../forms/field-kinds.ts";
import { goTo } from "../../visits/destination.ts";
import { action, signedPage } from "../../visits/page.ts";
import { dayWords } from "../../words/field-words.ts";
import { findMember, readMembers } from "./choose-member.ts";
import { ofHundred, positionWords, type Position } from "./desk-words.ts";
import { isManager, readDesk, type Desk, type DeskVisit } from "./own-organization.ts";

type Seat = Answer<typeof listBoard>["seats"][number];

async function readBoard(visit: DeskVisit) {
  const { params, query } = visit;
  const [desk, { seats }, members] = await Promise.all([
    readDesk(visit),
    visit.call(listBoard, { params }),
    readMembers(visit),
  ]);
  const chosen = seats.find(({ seatId }) => seatId === query["cargo"]);
  return { desk, seats, members, chosen };
}
type Board = Awaited<ReturnType<typeof readBoard>>;

const seatFields = z.object({
  puesto: kinds.choice(boardPositions, "Elija el cargo.").required,
  socio: kinds.optionalId(),
  nombre: kinds.text(80).optional,
  sexo: kinds.choice(["f", "m"]).optional,
  desde: kinds.day().required,
  hasta: kinds.day().optional,
});
/** Who holds an office is a member, or somebody by name. */
const withHolder = <Fields extends typeof seatFields>(fields: Fields) =>
  fields.refine(({ socio, nombre }) => (socio === undefined) !== (nombre === undefined), {
    path: ["nombre"],
    message: "Elija a una socia o socio de la lista, o escriba un nombre: una de las dos cosas.",
  });

type SeatSaid = z.output<typeof seatFields>;
const bodyOf = ({ puesto, socio, nombre, sexo, desde, hasta }: SeatSaid) => ({
  position: puesto,
  personId: socio ?? null,
  name: nombre ?? null,
  sex: socio ? null : (sexo ?? null),
  since: desde,
  until: hasta ?? null,
});
const fieldOf = (path: string) =>
  ({
    "body.position": "puesto",
    "body.personId": "socio",
    "body.name": "nombre",
    "body.since": "desde",
    "body.until": "hasta",
  })[path];

/** Who holds which office and until when, how many of them are women, and who did before. */
export const boardPage = signedPage("/mi-organizacion/:organizationId/directiva")({
  read: readBoard,
  show: (visit: DeskVisit, data, attempt) => {
    const { desk, seats, chosen } = data;
    const [now, before] = [
      seats.filter(({ current }) => current).toSorted((one, other) => rankOf(one) - rankOf(other)),
      seats.filter(({ current, since }) => !current && since <= visit.today),
    ];
    const next = seats.filter(({ current, since }) => !current && since > visit.today);
    const may = isManager(desk);
    const list = (some: readonly Seat[]) => rows(some.map((seat) => seatRow(visit, desk, seat)));
    return {
      title: `Directiva de ${desk.organization.name}`,
      desk: true,
      main: html`<h1>${heading(now)}</h1>
        <div class="columns">
          <section>
            ${
              now.length === 0
                ? empty(
                    "Nadie está anotado en la directiva. Las socias y los socios quieren saber quién dirige.",
                  )
                : list(now)
            }
            ${may && now.length > 0 ? html`<p class="quiet">Toque un nombre para cambiar o terminar su cargo.</p>` : null}
            ${
              next.length === 0
                ? null
                : html`<h2>Empiezan después</h2>
                    ${list(next)}`
            }
            ${
              before.length === 0
                ? null
                : html`<h2>Antes</h2>
                    ${list(before)}`
            }
          </section>
          <section>
            ${
              chosen && may
                ? changeForm(visit, data, chosen, attempt)
                : html`${womenPart(desk, now)} ${may ? addForm(visit, data, attempt) : null}`
            }
          </section>
        </div>`,
    };
  },
  actions: {
    anotar: action(
      withHolder(seatFields),
      async (visit: DeskVisit, said) => {
        await visit.call(addBoardSeat, { params: visit.params, body: bodyOf(said) });
        return goTo(visit.path, "anotado");
      },
      fieldOf,
    ),
    corregir: action(
      withHolder(seatFields.extend({ cargo: kinds.id() })),
      async (visit: DeskVisit, { cargo, ...said }) => {
        const { organizationId } = visit.params;
        await visit.call(changeBoardSeat, { params: { organizationId, seatId: cargo }, body: bodyOf(said) });
        return goTo(visit.path, "corregido");
      },
      fieldOf,
    ),
    borrar: action(z.object({ cargo: kinds.id() }), async (visit: DeskVisit, { cargo }) => {
      const { organizationId } = visit.params;
      await visit.call(removeBoardSeat, { params: { organizationId, seatId: cargo } });
      return goTo(visit.path, "borrado");
    }),
  },
  notices: {
    anotado: "Anotado. Las socias y los socios ya lo ven.",
    corregido: "Guardado.",
    borrado: "Quitado: era un error.",
  },
});

/** Who leads comes first. */
const ranks: readonly Position[] = ["chief", "deputy_chief", ...boardPositions];
const rankOf = ({ position }: Seat): number => ranks.indexOf(position);

function heading(now: readonly Seat[]): string {
  const president = now.find(({ position }) => position === "president" || position === "chief");
  if (president?.name)
    return `${president.name} es ${positionWords(president.position, president.sex).toLowerCase()}`;
  return now.length === 0 ? "Falta anotar la directiva" : "Quién dirige la organización";
}

/** Women's part in the board beside their part among members. */
function womenPart({ organization }: Desk, now: readonly Seat[]): Content {
  const women = now.filter(({ sex }) => sex === "f").length;
  const known = now.filter(({ sex }) => sex !== null).length;
  const { womenShare, genderGuideline } = organization;
  if (known === 0) return null;
  return html`<h2>Mujeres y hombres</h2>
    ${progress({ part: women, whole: known, words: `Mujeres en la directiva: ${women} de ${known}` })}
    ${womenShare === null ? null : progress({ part: womenShare, whole: 1, words: `Mujeres entre las socias y los socios: ${ofHundred(womenShare)}` })}
    ${genderGuideline ? html`<p class="quiet">Lo que acordaron: ${genderGuideline.text}</p>` : notice("Todavía no anotaron qué acordaron sobre mujeres y hombres. Se escribe en Datos.")}`;
}

function seatRow(
  visit: DeskVisit,
  desk: Desk,
  { seatId, position, name, sex, since, until, current }: Seat,
): Html {
  const who = name ?? "Sin nombre";
  return row({
    title: who,
    ...(isManager(desk) ? { href: `${withQuery(visit.path, { cargo: seatId })}#cambiar` } : {}),
    lines: [
      // Beside the name a long office would stick out of a small phone.
      current ? stateMark(positionWords(position, sex), "good") : positionWords(position, sex),
      `Desde el ${dayWords(since, visit.today)}${until ? `, hasta el ${dayWords(until, visit.today)}` : ", sin fecha de fin"}`,
    ],
  });
}

function addForm(visit: DeskVisit, data: Board, attempt: Attempt | null): Html {
  const state = formState(attempt, "anotar", { desde: visit.today });
  return html`<h2>Anotar un cargo</h2>
    ${findMember(visit, data.members)}
    ${form(visit, state, html`${seatControls(data, state, "nuevo")}${submit("Anotar en la directiva")}`)}`;
}

function changeForm(visit: DeskVisit, data: Board, seat: Seat, attempt: Attempt | null): Html {
  const of = { cargo: seat.seatId };
  const state = formState(
    attempt,
    "corregir",
    {
      puesto: seat.position,
      socio: seat.personId,
      nombre: seat.personId ? null : seat.name,
      sexo: seat.sex,
      desde: seat.since,
      hasta: seat.until,
    },
    of,
  );
  return html`<section class="waits" id="cambiar" aria-label="Cambiar un cargo">
    <h2>El cargo de ${seat.name ?? "esta persona"}</h2>
    <p>Para terminarlo, escriba el último día.</p>
    ${findMember(visit, data.members)}
    ${form(visit, state, html`${hidden("cargo", seat.seatId)}${seatControls(data, state, "cambio")}${submit("Guardar el cargo")}`)}
    <details>
      <summary>Se anotó por error</summary>
      ${actionButton(visit, formState(attempt, "borrar", {}, of), "Quitarlo de la historia", { values: of, danger: true })}
    </details>
    <p><a class="more" href="${visit.path}">Cerrar</a></p>
  </section>`;
}

function seatControls(
  { desk, members, chosen }: Board,
  state: ReturnType<typeof formState>,
  of: string,
): Html {
  const community = desk.organization.kind === "native_community";
  const positions = boardPositions.filter(
    (position) => community || (position !== "chief" && position !== "deputy_chief"),
  );
  const named = members.people.map(({ personId, words }) => ({ value: personId, words }));
  const held =
    chosen?.personId && !named.some(({ value }) => value === chosen.personId)
      ? [{ value: chosen.personId, words: chosen.name ?? "La misma persona" }]
      : [];
  return html`${selectField(state, {
    name: "puesto",
    of,
    label: "Cargo",
    none: "Elija",
    options: positions.map((value) => ({ value, words: positionWords(value) })),
  })}
  ${selectField(state, {
    name: "socio",
    of,
    label: "Socia o socio",
    none: "Alguien que no está en la lista",
    options: [...held, ...named],
  })}
  ${textField(state, { name: "nombre", of, label: "O su nombre", maxlength: 80, optional: true, autocomplete: "off" })}
  ${selectField(state, {
    name: "sexo",
    of,
    label: "Mujer u hombre",
    hint: "Solo si escribió el nombre.",
    none: "No lo digo",
    options: [
      { value: "f", words: "Mujer" },
      { value: "m", words: "Hombre" },
    ],
  })}
  ${dayField(state, { name: "desde", of, label: "Desde" })}
  ${dayField(state, { name: "hasta", of, label: "Hasta", optional: true })}`;
}
