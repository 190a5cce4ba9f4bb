import { readDemand } from "@minka/contracts/demand";
import { readOrganization } from "@minka/contracts/organizations";
import { openPool, poolProducts } from "@minka/contracts/pools";
import { addDays } from "@minka/domain/lima-time";
import { allDistricts, type District } from "@minka/geography/districts";
import { html } from "../../design/html.ts";
import { formState } from "../../forms/attempt.ts";
import { goTo } from "../../visits/destination.ts";
import { action, signedPage } from "../../visits/page.ts";
import { demandPart } from "./demand-part.ts";
import { bodyOf, newPurchaseFieldOf, newPurchaseFields, newPurchaseForm } from "./new-purchase-form.ts";

/** Opening a joint purchase: what the members asked for beside it, so that it is opened for what is wanted. */
export const newPurchasePage = signedPage("/mi-organizacion/:organizationId/compras/nueva")({
  async read(visit) {
    const { organizationId } = visit.params;
    const [{ organization }, asked] = await Promise.all([
      visit.call(readOrganization, { params: { organizationId } }),
      visit.call(readDemand, { query: { organizationId } }),
    ]);
    return { organization, near: districtsNear(organization.districtCode), demand: asked.demand };
  },
  show: (visit, { organization, near, demand }, attempt) => {
    const product = poolProducts.find((one) => one === visit.query["producto"]);
    const state = formState(attempt, "abrir", {
      producto: product,
      unidad: "kg",
      trae: 50,
      distritos: near.map(({ code }) => code),
      cierra: addDays(visit.today, 10),
      hora: "18",
      punto1: `Local de ${organization.name}`.slice(0, 60),
      lugar1: near.find(({ code }) => code === organization.districtCode)?.name,
      quienes: "members_and_neighbours",
      falta: "smaller",
      dias: 7,
      horas: 24,
      aporte: 0,
      transporte: "by_point",
      reglas: ["split", "sealed"],
    });
    return {
      title: "Abrir una compra en grupo",
      desk: true,
      main: html`<h1>¿Qué quieren comprar juntos?</h1>
        <p class="lead">
          Minka invita a los proveedores que lo venden y avisa por SMS a su gente. Al cerrar, calcula el
          reparto más barato y otra persona de la organización lo aprueba.
        </p>
        <div class="columns">
          <div>${newPurchaseForm(visit, state, near)}</div>
          <div>${demandPart({ path: visit.path, demand, near, where: near[0]?.province ?? "" })}</div>
        </div>`,
    };
  },
  actions: {
    abrir: action(
      newPurchaseFields,
      async (visit, values) => {
        const organizer = { kind: "organization", id: visit.params.organizationId } as const;
        const { poolId } = await visit.call(openPool, { body: bodyOf(organizer, values) });
        return goTo(`/mi-organizacion/${visit.params.organizationId}/compras/${poolId}`, "abierta");
      },
      newPurchaseFieldOf,
    ),
  },
});

const districtsNear = (code: string): readonly District[] =>
  allDistricts().filter((district) => district.code.startsWith(code.slice(0, 4)));
