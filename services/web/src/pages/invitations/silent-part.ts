import { readInvitation, remindInvited, type Invitation, type InvitedTo } from "@minka/contracts/invitations";
import { limaDay } from "@minka/domain/lima-time";
import { z } from "zod";
import { actionButton } from "../../design/fields.ts";
import { html, type Content } from "../../design/html.ts";
import { formState, type Attempt } from "../../forms/attempt.ts";
import { goTo } from "../../visits/destination.ts";
import { action } from "../../visits/page.ts";
import type { SignedVisit } from "../../visits/visit.ts";
import { counted, dayWords, shortened, timeWords } from "../../words/field-words.ts";
import { readMembers, readsNamesWhole } from "../organization-desk/choose-member.ts";
import type { DeskVisit } from "../organization-desk/own-organization.ts";

/** Who was invited and has not answered, with their names: masked for who may not read them whole. */
export type Silent = { readonly invitation: Invitation; readonly names: readonly string[] };

const mostNamed = 60;

/** Null where whoever looks may not know it. */
export async function readSilent(
  visit: DeskVisit,
  params: { kind: InvitedTo; id: string },
): Promise<Silent | null> {
  const found = await visit.callIfAny(readInvitation, { params });
  if (!found) return null;
  const names = await namesFor(visit, found.invitation.personIds);
  return { invitation: found.invitation, names: names.toSorted((a, b) => a.localeCompare(b, "es")) };
}

/** To who only arranges things profiles gives members' names masked: they are read from there, not as this service. */
async function namesFor(visit: DeskVisit, personIds: readonly string[]): Promise<string[]> {
  if (personIds.length === 0) return [];
  if (await readsNamesWhole(visit)) return [...(await visit.namesOf(personIds)).values()];
  const { people } = await readMembers(visit);
  return people.flatMap(({ personId, words }) => (personIds.includes(personId) ? [words] : []));
}

/** Who has not answered, to how many the last reminder went, and reminding them. */
export function silentPart(visit: SignedVisit, silent: Silent | null, attempt: Attempt | null): Content {
  if (silent === null || silent.invitation.silent === 0) return null;
  const { invitation, names } = silent;
  const { reminded, nextFrom, reachable } = invitation;
  const state = formState(attempt, "recordar");
  const when = (instant: string) =>
    `el ${dayWords(limaDay(new Date(instant)), visit.today)} a las ${timeWords(instant)}`;
  return html`<h2 id="silencio">
      ${counted(invitation.silent, "persona no ha respondido", "personas no han respondido")}
    </h2>
    ${
      names.length === 0
        ? null
        : html`<details>
            <summary>Ver quiénes son</summary>
            <p>
              ${shortened(names.slice(0, mostNamed), mostNamed, () => `${invitation.silent - mostNamed} más`)}
            </p>
          </details>`
    }
    ${
      reminded
        ? html`<p>
            Les recordamos ${when(reminded.at)}, a ${counted(reminded.people, "persona", "personas")}.
          </p>`
        : null
    }
    ${
      reachable === 0
        ? html`<p class="quiet">A ninguna le podemos escribir por SMS: llámelas o visítelas.</p>`
        : nextFrom
          ? html`${state.problem ? html`<p class="wrong" role="alert">${state.problem}</p>` : null}
              <p class="quiet">Se puede recordar${reminded ? " otra vez" : null} desde ${when(nextFrom)}.</p>`
          : html`<p class="quiet">
                El SMS sale de día, a quienes tienen teléfono y quieren recibir mensajes.
              </p>
              ${actionButton(visit, state, reachable === 1 ? "Recordar a la persona que no ha respondido" : `Recordar a las ${reachable} personas que no han respondido`, { quiet: true })}`
    }`;
}

/** Sends the reminder, and goes back to where who has not answered stands. */
export const remindAction = <Params>(kind: InvitedTo, idOf: (params: Params) => string) =>
  action(z.object({}), async ({ call, params, path }: SignedVisit<Params>) => {
    await call(remindInvited, { params: { kind, id: idOf(params) } });
    return goTo(`${path}#silencio`, "recordado");
  });

export const remindedNotice = { recordado: "Les recordamos por SMS. Si es de noche, sale en la mañana." };
