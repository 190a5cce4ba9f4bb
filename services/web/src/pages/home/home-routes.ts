import { limaDay } from "@minka/domain/lima-time";
import type { App } from "@minka/http/app";
import type { ServiceKit } from "@minka/service/define-service";
import type { WebConfig } from "../../config.ts";
import { sendPage } from "../send-page.ts";
import { choosePlace } from "./chosen-place.ts";
import { readHomeQuery } from "./home-address.ts";
import { homePage } from "./home-page.ts";
import { readMarket } from "./read-market.ts";

export function serveHome(
  app: App,
  { call, clock }: Pick<ServiceKit, "call" | "clock">,
  config: WebConfig,
): void {
  app.get("/", async (request, reply) => {
    const asked = readHomeQuery(request.query);
    const place = choosePlace(asked.district);
    // Links carry the code, whatever was written.
    const query = { ...asked, district: place.kind === "one" ? place.district.code : undefined };
    const market = await readMarket(
      { call, onFailure: (error) => request.log.warn({ err: error }, "home page without a part") },
      {
        districtCode: query.district,
        kind: query.kind,
        cursor: query.cursor,
        trace: request.id,
      },
    );
    return sendPage(request, reply, {
      page: homePage({ config, market, place, query, today: limaDay(clock()) }),
    });
  });
}
