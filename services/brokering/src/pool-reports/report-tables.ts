import type { Reason } from "@minka/contracts/common";
import type { Answer } from "@minka/contracts/endpoint";
import type { Payment, PaymentParty } from "@minka/contracts/payments";
import type { readPackingList } from "@minka/contracts/pool-deliveries";
import type { PoolReport, PoolReportPart } from "@minka/contracts/pool-reports";
import { formatSoles } from "@minka/domain/money";
import { commonName, findDistrict } from "@minka/geography/districts";
import { methods, orderStates, paymentStates, receiptStates } from "./report-words.ts";

export type PackingList = Answer<typeof readPackingList>;
export type ReportTable = {
  readonly headers: readonly string[];
  readonly rows: readonly (readonly (string | number | null)[])[];
};

/** For whom a name is not known any more. */
const nobody = "Sin nombre";

/** One part of a report as a table: amounts in soles. */
export function reportTable(part: Exclude<PoolReportPart, "packing-list">, report: PoolReport): ReportTable {
  switch (part) {
    case "members":
      return {
        headers: [
          "Nombre",
          "Punto",
          "Estado",
          "Pidió",
          "Recibe",
          "Producto S/",
          "Flete S/",
          "Servicio S/",
          "Descuento S/",
          "Total S/",
          "Pagado S/",
          "Debe S/",
          "Por devolver S/",
        ],
        rows: report.members.map((line) => [
          line.name ?? nobody,
          line.point,
          orderStates[line.state],
          line.wantedPacks,
          line.packs,
          soles(line.goodsCentimos),
          soles(line.deliveryCentimos),
          soles(line.feeCentimos),
          soles(line.creditCentimos),
          soles(line.dueCentimos),
          soles(line.paidCentimos),
          soles(line.owedCentimos),
          soles(line.backCentimos),
        ]),
      };
    case "points":
      return {
        headers: ["Punto", "Distrito", "Personas", "Cantidad", "Total S/"],
        rows: report.points.map((point) => [
          point.name,
          placeName(point.districtCode),
          point.members,
          point.packs,
          soles(point.dueCentimos),
        ]),
      };
    case "suppliers":
      return {
        headers: [
          "Proveedor",
          "Cantidad",
          "Producto S/",
          "Flete S/",
          "Descuento S/",
          "Total S/",
          "Pagado S/",
          "Se le debe S/",
          "Por devolver S/",
        ],
        rows: report.suppliers.map((line) => [
          line.name,
          line.packs,
          soles(line.goodsCentimos),
          soles(line.deliveryCentimos),
          soles(line.creditCentimos),
          soles(line.dueCentimos),
          soles(line.paidCentimos),
          soles(line.owedCentimos),
          soles(line.backCentimos),
        ]),
      };
    case "allocation":
      return {
        headers: ["Nombre", "Punto", "Pidió", "Recibe", "Por qué"],
        rows: report.members.map((line) => [
          line.name ?? nobody,
          line.point,
          line.wantedPacks,
          line.packs,
          line.reasons.map(sayReason).join("; "),
        ]),
      };
    case "payments": {
      const called = partyNames(report);
      return {
        headers: ["Día", "De", "A", "Monto S/", "Medio", "Operación", "Estado", "Nota"],
        rows: report.payments.map((payment) => [
          payment.paidOn,
          called(payment.payer),
          called(payment.receiver),
          soles(payment.amountCentimos),
          methods[payment.method],
          payment.operationNumber,
          paymentStates[payment.state],
          noteOf(payment),
        ]),
      };
    }
  }
}

/** Who gets how much where, with room for a signature. */
export function packingTable({ points }: PackingList): ReportTable {
  return {
    headers: ["Punto", "Distrito", "Nombre", "Cantidad", "De", "Recibió", "Debe S/", "Firma"],
    rows: points.flatMap((point) => {
      const supplierOf = new Map(point.deliveries.map(({ id, providerName }) => [id, providerName]));
      return point.lines.map((line) => [
        point.name,
        placeName(point.districtCode),
        line.name ?? nobody,
        line.packs,
        line.of.map(({ deliveryId, packs }) => `${packs} de ${supplierOf.get(deliveryId) ?? ""}`).join("; "),
        line.of.flatMap(({ state }) => receiptStates[state] || []).join("; "),
        soles(line.owedCentimos),
        "",
      ]);
    }),
  };
}

const soles = (centimos: number) => centimos / 100;

function placeName(districtCode: string): string {
  const district = findDistrict(districtCode);
  return district ? commonName(district) : districtCode;
}

/** Members and suppliers by name; the organizer is whose report it is. */
function partyNames({ members, suppliers }: PoolReport): (party: PaymentParty) => string {
  const names = new Map<string, string | null>([
    ...members.map(({ personId, name }) => [personId, name] as const),
    ...suppliers.map(({ providerId, name }) => [providerId, name] as const),
  ]);
  return ({ kind, id }) => names.get(id) ?? (kind === "person" ? nobody : "Quien organiza");
}

function noteOf({ deposit, back, flags }: Payment): string {
  return [
    ...(deposit ? ["adelanto"] : []),
    ...(back ? ["devolución"] : []),
    ...flags.map(() => "igual a otro del mismo día: revisar"),
  ].join("; ");
}

/** Why somebody gets what they get, for who accounts for it. A code without words is better than nothing. */
function sayReason({ code, parameters }: Reason): string {
  const of = (name: string) => String(parameters[name] ?? "?");
  const money = (name: string) => formatSoles(Number(parameters[name] ?? 0));
  switch (code) {
    case "shortage":
      return `no alcanzó para todos: pidió ${of("wanted")}, recibe ${of("got")}`;
    case "tolerance-used":
      return `dentro de lo que aceptó: pidió ${of("wanted")}, recibe ${of("got")}`;
    case "tier-reached":
      return `todos llegaron al precio de ${money("price")}`;
    case "case-filled":
      return "se completó la caja del proveedor";
    case "price-refused":
      return "no aceptó el precio final";
    case "silent-price-rose":
      return "no respondió y el precio había subido";
    case "silent-no-price":
      return "no respondió y no había aceptado ningún precio";
    case "pool-cancelled":
      return "se canceló la compra";
    case "left-minka":
      return "se retiró de Minka";
    default:
      return code;
  }
}
