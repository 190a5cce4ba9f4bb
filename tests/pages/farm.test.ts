import { afterAll, beforeAll, expect, test } from "vitest";
import { browse } from "../support/browse.ts";
import { startTestPlatform, type TestPlatform } from "../support/test-platform.ts";

let platform: TestPlatform;
/** Of the demo: people who grow cacao. */
const [tito, other] = ["+51900000001", "+51900000002"];

beforeAll(async () => {
  platform = await startTestPlatform();
});
afterAll(() => platform.stop());

const idIn = (html: string, path: string) => new RegExp(`${path}/([\\da-f-]{36})`).exec(html)?.[1] ?? "";

test("a plot is written down with its border, corrected, taken along as a file, and nobody else's to see", async () => {
  const visitor = await browse(platform, tito);
  const blank = await visitor.open("/mi/chacra/parcelas/nueva");
  const typed = { nombre: "La de arriba", superficie: "5,5", tenencia: "own", puntos: "-8.18, -76.51" };
  const wrong = await visitor.submit(blank, "guardar", typed);
  expect(wrong.status).toBe(422);
  expect(wrong.text).toContain("Línea 1: escriba latitud y longitud con seis decimales");
  expect(wrong.html).toContain("-8.18, -76.51");
  const point = await visitor.submit(wrong, "guardar", { puntos: "-8.181234, -76.512345" });
  expect(point.text).toContain("Si pasa de 4 hectáreas, escriba las esquinas");
  const border = "-8.181234, -76.512345\n-8.181234, -76.510000\n-8.183000, -76.511000";
  const added = await visitor.submit(point, "guardar", { puntos: border });
  expect(added.text).toContain("Listo, su parcela quedó anotada.");
  expect(added.text).toContain("5.5 hectáreas");
  expect(added.text).toContain("con lindero");

  const address = `/mi/chacra/parcelas/${idIn(added.html, "/mi/chacra/parcelas")}`;
  const plot = await visitor.open(address);
  expect(plot.html).toContain(border);
  const file = await platform.app.inject({
    url: "/mi/chacra/parcelas.geojson",
    headers: { host: "minka.test", cookie: visitor.cookies() },
  });
  expect(file.statusCode, file.body.slice(0, 3000)).toBe(200);
  expect(file.headers["content-disposition"]).toContain("attachment");
  expect(file.body).toContain("-76.510000");

  const stranger = await browse(platform, other);
  expect((await stranger.open(address)).status).toBe(404);
});

test("a harvest says how it was weighed, and a certificate until when it holds", async () => {
  const visitor = await browse(platform, tito);
  const blank = await visitor.open("/mi/chacra/cosechas/nueva");
  const unsaid = await visitor.submit(blank, "guardar", { cultivo: "coffee", cantidad: "12" });
  expect(unsaid.text).toContain("Diga cómo lo pesó");
  const added = await visitor.submit(unsaid, "guardar", { estado: "parchment" });
  expect(added.text).toContain("12 quintales de café pergamino");
  const season = await visitor.open(`/mi/chacra/cosechas/${idIn(added.html, "/mi/chacra/cosechas")}`);
  const gone = await visitor.submit(season, "borrar");
  expect(gone.text).not.toContain("café pergamino");

  const certificate = await visitor.submit(await visitor.open("/mi/chacra/certificados/nuevo"), "guardar", {
    certificado: "organic",
    emisor: "Control Selva",
    numero: "CS-77",
    vence: "31/12/2027",
  });
  expect(certificate.text).toContain("Control Selva. Vale hasta el 31 de diciembre de 2027");
});
