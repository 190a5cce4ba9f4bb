import { publicPage } from "../../visits/page.ts";
import { choosePlace } from "./chosen-place.ts";
import { readHomeQuery } from "./home-address.ts";
import { homeView } from "./home-page.ts";
import { readMarket } from "./read-market.ts";

export const homePage = publicPage("/")({
  read: async (visit) => {
    const asked = readHomeQuery(visit.query);
    const place = choosePlace(asked.district);
    // Links carry the code, whatever was written.
    const query = { ...asked, district: place.kind === "one" ? place.district.code : undefined };
    const market = await readMarket(
      {
        call: (endpoint, input) => visit.call(endpoint, input),
        onFailure: (error) => visit.means.log.warn({ err: error }, "home page without a part"),
      },
      { districtCode: query.district, kind: query.kind },
    );
    return { place, query, market };
  },
  show: ({ config, today }, { place, query, market }) => homeView({ config, market, place, query, today }),
  notices: {
    salio: "Usted salió de Minka. En este aparato no queda nada suyo.",
    borrado: "Borramos sus datos. En unos minutos no queda nada suyo en Minka. Le avisamos por SMS.",
  },
});
