import { foldToGsm7 } from "@minka/language/gsm7";
import type { Chance } from "./chance.ts";
import type { Handset } from "./network.ts";

/** Somebody with a phone: looks at it now and then, and answers as people do. */
export type Villager = {
  readonly phone: Handset;
  readonly role: "producer" | "provider";
  /** What happens in their life between two looks of ours. */
  live(now: Date): void;
  /** Said BAJA, and when it left the phone is in `phone.written`. */
  readonly left: () => boolean;
};

const districts = [
  "Tocache",
  "Uchiza",
  "Polvora",
  "Nuevo Progreso",
  "Juanjui",
  "Tingo Maria",
  "Aguaytia",
  "Saposoa",
  "Lamas",
  "Moyobamba",
];
const needs = [
  "nesecito un tecnico pa la monilia en mi cacao",
  "tecnico para roya en mi cafe",
  "quiero q vean mi cacao tiene escoba",
  "busco abono guano 10 sacos",
  "quiero vender 8 qq de cacao seco",
  "credito de 2000 soles para abonar",
  "kiero un curso de poda de cacao",
  "nesesito 200 plantones de cacao",
  "alkilo motoguadaña",
  "bendo cafe pergamino 5 quintales",
  "tecniko podar cafe",
];
const noise = ["?", "ola", "gracias", "ok", "y cuando", "quien es", "jajaja", "buenas tardes", "no entiendo"];
const complaints = ["ese tecnico me cobro y no hizo nada, es un estafador", "quiero quejarme del tecnico"];
const alarms = ["mi marido me pega", "linea 100"];

const minuteMs = 60_000;

/** What each of Minka's messages makes people write; nothing for one that needs no answer. */
function replyOfProducer(text: string, district: string, chance: Chance): string | null {
  const options = /Responda del 1 al (\d)/.exec(text);
  if (options) {
    if (chance.happens(0.05)) return "7";
    if (chance.happens(0.07)) return "no";
    return `${chance.happens(0.2) ? "la " : ""}${chance.between(1, Number(options[1]))}`;
  }
  if (/Responda 1, o NO/.test(text)) return "1";
  if (/Acepta\?|su permiso/.test(text))
    return chance.happens(0.95) ? chance.oneOf(["si", "SI", "ya", "sii"]) : "no";
  if (/distrito esta su chacra|No conozco ese lugar/.test(text)) return district;
  if (/En cuantos meses/.test(text)) return "12";
  if (/es cierto\? Responda/.test(text)) return chance.happens(0.8) ? "1 y 2" : "no";
  if (/Responda el numero/.test(text)) return "1";
  if (/^.(Vino|Le atendio) .*SI/.test(text)) return chance.happens(0.85) ? "si" : "no vino";
  if (/nota le pone|numero del 1 \(mal\)/.test(text)) return String(chance.between(2, 5));
  if (/SI o NO/.test(text)) return chance.happens(0.7) ? "si" : "no";
  return null;
}

function replyOfProvider(text: string, chance: Chance): string | null {
  if (/^Pedido:|Toma el pedido/.test(text)) {
    const kind = chance.next();
    if (kind < 0.65) return chance.oneOf(["SI", "si jueves", "ya", "si mañana"]);
    if (kind < 0.85) return chance.oneOf(["NO", "no puedo", "no, estoy lejos"]);
    return null;
  }
  if (/escriba LISTO/.test(text)) return chance.happens(0.5) ? "LISTO" : null;
  return null;
}

export function createVillager(
  phone: Handset,
  role: Villager["role"],
  { chance, begins }: { chance: Chance; begins: Date },
): Villager {
  const district = chance.oneOf(districts);
  let read = 0;
  let left = false;
  let asked = false;
  const plans: { at: number; text: string }[] = [];
  const plan = (now: Date, text: string, withinMinutes: number) =>
    plans.push({ at: now.getTime() + chance.between(1, withinMinutes) * minuteMs, text });

  function takeIn(text: string, now: Date): void {
    const folded = foldToGsm7(text).normalize("NFD").replaceAll(/\p{M}/gu, "");
    const reply =
      role === "producer" ? replyOfProducer(folded, district, chance) : replyOfProvider(folded, chance);
    if (reply === "LISTO") plans.push({ at: now.getTime() + 26 * 60 * minuteMs, text: reply });
    else if (reply !== null && chance.happens(0.93)) plan(now, reply, 90);
    if (chance.happens(0.04)) plan(now, chance.oneOf(noise), 60);
    if (role === "producer" && chance.happens(0.02)) plan(now, "estado", 240);
    if (role === "producer" && chance.happens(0.01)) plan(now, "cancelar", 240);
  }

  return {
    phone,
    role,
    left: () => left,
    live(now) {
      if (role === "producer" && !asked && now >= begins) {
        asked = true;
        phone.write(chance.happens(0.6) ? `${chance.oneOf(needs)}, ${district}` : chance.oneOf(needs));
        if (chance.happens(0.03)) plan(now, "BAJA", 600);
        if (chance.happens(0.02)) plan(now, chance.oneOf(complaints), 900);
        if (chance.happens(0.01)) plan(now, chance.oneOf(alarms), 900);
      }
      // In a drawer, in a pocket, on the way: it is not looked at each time that it rings.
      if (chance.happens(0.6)) {
        for (const { text } of phone.heard.slice(read)) takeIn(text, now);
        read = phone.heard.length;
      }
      for (const due of plans.filter(({ at }) => at <= now.getTime())) {
        plans.splice(plans.indexOf(due), 1);
        if (left) continue;
        phone.write(due.text);
        if (due.text === "BAJA") left = true;
      }
    },
  };
}
