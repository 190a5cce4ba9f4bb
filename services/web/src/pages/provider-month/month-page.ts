import {
  addAppointment,
  listCaseload,
  putAgentCalendar,
  readAgentCalendar,
  removeAppointment,
  type AgentCalendar,
} from "@minka/contracts/caseloads";
import { readMonthLoad } from "@minka/contracts/month-loads";
import { listOfferRecords } from "@minka/contracts/offers";
import { addDays } from "@minka/domain/lima-time";
import { crops, topics } from "@minka/domain/vocabulary";
import { z } from "zod";
import * as kinds from "../../forms/field-kinds.ts";
import { goTo } from "../../visits/destination.ts";
import { action, signedPage } from "../../visits/page.ts";
import { readOwnProvider, type ProviderVisit } from "../provider/own-provider.ts";
import { monthView } from "./month-view.ts";

const chosenMonth = ({ query, today }: ProviderVisit) =>
  /^20\d\d-(0[1-9]|1[0-2])$/.test(query["mes"] ?? "") ? (query["mes"] ?? "") : today.slice(0, 7);

async function readMonth(visit: ProviderVisit) {
  const provider = await readOwnProvider(visit);
  const params = { providerId: provider.id };
  const month = chosenMonth(visit);
  const isAgent = provider.kinds.includes("agent");
  const [load, offers, agent, caseload] = await Promise.all([
    visit.callIfAny(readMonthLoad, { params, query: { month } }),
    visit.callIfAny(listOfferRecords, { params, query: { state: "published", limit: 100 } }),
    isAgent ? visit.callIfAny(readAgentCalendar, { params }) : null,
    isAgent ? visit.callIfAny(listCaseload, { params, query: { limit: 100 } }) : null,
  ]);
  const served = [...new Set(caseload?.items.map(({ personId }) => personId))];
  const names = await visit.namesOf([
    ...served,
    ...(agent?.appointments.map(({ personId }) => personId) ?? []),
  ]);
  return { provider, month, load, offers: offers?.items ?? [], agent, served, names };
}
export type Month = Awaited<ReturnType<typeof readMonth>>;

const weekdays = ["0", "1", "2", "3", "4", "5", "6"] as const;
const longestAway = 62;

/** What is kept of a calendar when a part of it changes. */
async function change(
  visit: ProviderVisit,
  changed: (calendar: AgentCalendar, today: string) => Partial<AgentCalendar>,
) {
  const params = { providerId: visit.params.providerId };
  const { calendar } = await visit.call(readAgentCalendar, { params });
  const daysOff = calendar.daysOff.filter((day) => day >= visit.today);
  const body = { ...calendar, daysOff, ...changed({ ...calendar, daysOff }, visit.today) };
  await visit.call(putAgentCalendar, { params, body });
  return goTo(visit.path, "guardado");
}

const week = z.object({
  dias: kinds.choices(weekdays, { least: 1, missing: "Elija al menos un día." }),
  paradas: kinds.wholeNumber({ least: 1, most: 30 }).required,
});

const away = z
  .object({ desde: kinds.day().required, hasta: kinds.day().optional })
  .refine(
    ({ desde, hasta }) => hasta === undefined || (hasta >= desde && hasta < addDays(desde, longestAway)),
    {
      path: ["hasta"],
      message: `Después del primer día, y no más de ${longestAway} días.`,
    },
  );

const daysFrom = (first: string, last: string) => {
  const days = [first];
  for (let day = addDays(first, 1); day <= last; day = addDays(day, 1)) days.push(day);
  return days;
};

const appointment = z.object({
  persona: kinds.id(),
  tema: kinds.choice(topics).required,
  cultivo: kinds.choice(crops).required,
  dia: kinds.day().required,
  hora: kinds.text(5, "Escriba la hora.").required.refine((time) => /^([01]\d|2[0-3]):[0-5]\d$/.test(time), {
    message: "Escriba la hora así: 08:30.",
  }),
});

/** What there is to do each day, how many places are taken, and when an agent works. */
export const monthPage = signedPage("/mi-servicio/:providerId/calendario")({
  read: readMonth,
  show: monthView,
  actions: {
    semana: action(week, (visit: ProviderVisit, { dias, paradas }) =>
      change(visit, () => ({ weekdays: dias.map(Number), stopsADay: paradas })),
    ),
    libre: action(
      away,
      (visit: ProviderVisit, { desde, hasta }) =>
        change(visit, ({ daysOff }) => ({
          daysOff: [...new Set([...daysOff, ...daysFrom(desde, hasta ?? desde)])].toSorted(),
        })),
      (path) => (path.startsWith("body.daysOff") ? "desde" : undefined),
    ),
    trabaja: action(z.object({ dia: kinds.day().required }), (visit: ProviderVisit, { dia }) =>
      change(visit, ({ daysOff }) => ({ daysOff: daysOff.filter((day) => day !== dia) })),
    ),
    fijar: action(
      appointment,
      async (visit: ProviderVisit, { persona, tema, cultivo, dia, hora }) => {
        const params = { providerId: visit.params.providerId };
        const body = { personId: persona, topic: tema, crop: cultivo, day: dia, startsAt: hora };
        await visit.call(addAppointment, { params, body });
        return goTo(visit.path, "fijada");
      },
      (path) =>
        ({ "body.day": "dia", "body.startsAt": "hora", "body.topic": "tema", "body.crop": "cultivo" })[path],
    ),
    soltar: action(z.object({ cita: kinds.id() }), async (visit: ProviderVisit, { cita }) => {
      const params = { providerId: visit.params.providerId, appointmentId: cita };
      await visit.call(removeAppointment, { params });
      return goTo(visit.path, "soltada");
    }),
  },
  notices: {
    guardado: "Guardado. El próximo plan del mes lo toma en cuenta.",
    fijada: "La visita queda fija ese día y a esa hora.",
    soltada: "La visita ya no está fija. Los planes hechos no cambian.",
  },
});
