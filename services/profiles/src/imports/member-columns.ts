import { crops, type Crop } from "@minka/domain/vocabulary";
import {
  choiceColumn,
  dayColumn,
  dniColumn,
  integerColumn,
  phoneColumn,
  textColumn,
} from "@minka/imports/cells";
import type { Column, Parsed } from "@minka/imports/columns";
import { foldCase } from "@minka/language/fold";
import { word } from "@minka/language/texts";

const name = textColumn(80);

/** What a list of members may have, by the names that organizations give their columns; exports write the first. */
export const memberColumns = {
  fullName: name([
    "Nombre completo",
    "Nombres y apellidos",
    "Apellidos y nombres",
    "Nombre y apellido",
    "Socio",
    "Socia",
    "Productor",
    "Productora",
    "Productor/a",
  ]),
  names: name(["Nombres", "Nombre", "Prenombres"]),
  surnames: name(["Apellidos", "Apellido"]),
  fathersName: name(["Apellido paterno", "Ap. paterno", "Primer apellido"]),
  mothersName: name(["Apellido materno", "Ap. materno", "Segundo apellido"]),
  dni: dniColumn([
    "DNI",
    "Nro DNI",
    "N° DNI",
    "Número de DNI",
    "Num DNI",
    "Documento",
    "Doc. identidad",
    "Documento de identidad",
  ]),
  phone: phoneColumn([
    "Celular",
    "Teléfono",
    "Cel",
    "Telf",
    "Tel",
    "Número de celular",
    "Nro celular",
    "N° celular",
    "Móvil",
  ]),
  district: name(["Distrito"]),
  province: name(["Provincia"]),
  region: name(["Departamento", "Región", "Dpto"]),
  districtCode: name(["Ubigeo INEI", "Código INEI", "Cód. INEI", "INEI"]),
  unstatedCode: name(["Ubigeo", "Código de ubigeo", "Cód. ubigeo", "Código de distrito"]),
  reniecCode: name(["Ubigeo RENIEC", "Código RENIEC", "Cód. RENIEC", "RENIEC"]),
  locality: textColumn(60)(["Caserío", "Centro poblado", "Comunidad", "Sector", "Anexo", "Localidad"]),
  sex: sexColumn(["Sexo", "Género"]),
  birthYear: birthYearColumn([
    "Año de nacimiento",
    "Año nacimiento",
    "Año nac",
    "Fecha de nacimiento",
    "Fecha nacimiento",
    "Fec. nac.",
  ]),
  crops: cropsColumn(["Cultivos", "Cultivo", "Cultivo principal"]),
  hectares: hectaresColumn(["Hectáreas", "Ha", "Has", "Área (ha)", "Área en hectáreas", "Superficie (ha)"]),
  role: choiceColumn({
    member: ["socio", "socia", "miembro", "asociado", "asociada"],
    delegate: ["delegado", "delegada", "delegado sectorial", "delegada sectorial"],
    broker: ["gestor", "gestora", "articulador", "articuladora"],
    manager: ["directivo", "directiva", "gerente", "presidente", "presidenta"],
  })(["Rol", "Cargo", "Condición"]),
  since: sinceColumn([
    "Fecha de ingreso",
    "Ingreso",
    "Año de ingreso",
    "Socio desde",
    "Fecha ingreso",
    "Fecha de inscripción",
  ]),
} as const;

/** "M" is a man beside "F", and a woman beside "H": which, the rest of the column tells. */
function sexColumn(headers: readonly string[]): Column<"f" | "m"> {
  const { parse } = choiceColumn({
    f: ["F", "mujer", "femenino"],
    m: ["H", "hombre", "varón", "V", "masculino"],
  })(headers);
  return {
    headers,
    parse,
    parseAmong(texts) {
      // Letters stand beside letters: an odd "hombre" in a list of F and M does not make M a woman.
      const letters = texts.filter((text) => /^[fhv]$/i.test(text));
      const told = letters.length > 0 ? letters : texts;
      const found = new Set(
        told.map((text) => parse(text)).map((parsed) => ("value" in parsed ? parsed.value : null)),
      );
      const other = found.has("f") ? "m" : "f";
      const clear = found.has("f") !== found.has("m");
      return (text) => {
        if (text.toLowerCase() !== "m") return parse(text);
        return clear ? { value: other } : { error: "sex-unclear" };
      };
    },
  };
}

/** A year, or a whole date of which only the year is kept. */
function birthYearColumn(headers: readonly string[]): Column<number> {
  const year = integerColumn({ least: 1900, most: 2100 })([]);
  const day = dayColumn([]);
  return {
    headers,
    parse(text) {
      if (/^\d{4}$/.test(text)) {
        const parsed = year.parse(text);
        return "value" in parsed ? parsed : { error: "birth-year-wrong" };
      }
      const parsed = day.parse(text);
      return "value" in parsed ? { value: Number(parsed.value.slice(0, 4)) } : { error: "birth-year-wrong" };
    },
  };
}

/** A day, or a year, of which the first day is meant. */
function sinceColumn(headers: readonly string[]): Column<string> {
  const day = dayColumn([]);
  return { headers, parse: (text) => day.parse(/^(19|20)\d{2}$/.test(text) ? `${text}-01-01` : text) };
}

const moreSpellings: Partial<Record<Crop, readonly string[]>> = {
  coffee: ["cafe", "cafeto", "coffea"],
  banana: ["platano", "banano", "guineo", "bellaco"],
  palm: ["palma", "palma aceitera"],
  maize: ["maiz", "maiz amarillo", "maiz amarillo duro"],
  beans: ["frejol", "frijol", "frejoles", "frijoles", "poroto"],
  pineapple: ["pina"],
  sugarcane: ["cana", "cana de azucar"],
};

const cropBySpelling = new Map(
  crops.flatMap((crop) =>
    [word("crop", crop), ...(moreSpellings[crop] ?? [])].map(
      (spelling) => [foldCase(spelling), crop] as const,
    ),
  ),
);

const between = /\s*(?:[,;/+]|\s+y\s+|\s+e\s+)\s*/i;
/** What redaction leaves in place of a word that is not stored; it is passed over without comment. */
const redactedMark = "[…]";

function cropsColumn(headers: readonly string[]): Column<readonly Crop[]> {
  return {
    headers,
    parse(text): Parsed<readonly Crop[]> {
      const found = new Set<Crop>();
      for (const part of text.split(between)) {
        if (part === "" || part.includes(redactedMark)) continue;
        const crop = cropBySpelling.get(foldCase(part));
        if (!crop) return { error: "crop-unknown", parameters: { crop: part.slice(0, 40) } };
        found.add(crop);
      }
      return { value: [...found] };
    },
  };
}

/** One area, or one for each crop in the same order: "2.5" or "2 / 1,5". */
function hectaresColumn(headers: readonly string[]): Column<readonly number[]> {
  return {
    headers,
    parse(text): Parsed<readonly number[]> {
      const areas: number[] = [];
      for (const part of text.split(/\s*[/;|]\s*/)) {
        const plain = part.replace(/\s*(ha|has|hect[aá]reas?)\.?$/i, "").replace(",", ".");
        if (!/^\d{1,4}(\.\d{1,4})?$/.test(plain)) return { error: "number-unreadable" };
        const area = Number(plain);
        if (area <= 0 || area > 1_000)
          return { error: "number-out-of-range", parameters: { least: 0.01, most: 1_000 } };
        areas.push(area);
      }
      return { value: areas };
    },
  };
}
