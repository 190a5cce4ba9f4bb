import { html, type Html } from "../../design/html.ts";
import { plainFrame } from "../../frame/plain-frame.ts";

type Shown = { readonly withSimulator: boolean };

/** Behind the link of an SMS. Looking costs nothing, whoever looks: a phone's preview, a search for viruses, HEAD. */
export function ownDataPage({ withSimulator }: Shown): Html {
  return plainFrame({
    title: "Sus datos en Minka",
    withSimulator,
    main: html`<div class="empty">
      <h1>Sus datos en Minka</h1>
      <p>Todo lo que Minka guarda de usted, en un archivo. Se descarga una sola vez.</p>
      <form method="post"><button>Descargar mis datos</button></form>
      <p class="quiet">Si no pidió esto, cierre la página. No muestre el enlace a nadie.</p>
    </div>`,
  });
}

/** One page for a link that is wrong, used or old: it tells nobody which. */
export function goneDataPage({ withSimulator }: Shown): Html {
  return plainFrame({
    title: "Este enlace ya no sirve",
    withSimulator,
    main: html`<div class="empty">
      <h1>Este enlace ya no sirve</h1>
      <p>Sirve una sola vez y por un día. Para recibir otro escriba MIS DATOS por SMS a Minka.</p>
      <p><a class="action" href="/">Ir a la primera página</a></p>
    </div>`,
  });
}
