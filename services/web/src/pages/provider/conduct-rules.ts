import { html } from "../../design/html.ts";

/** The code of conduct in force, as it is accepted. */
export const conductRules = html`<section>
  <h2>Compromiso de buen trato</h2>
  <ul class="rows">
    <li>Trato con respeto a todas las personas. No acoso, no insulto, no maltrato.</li>
    <li>Cobro lo acordado y nada por fuera.</li>
    <li>Voy a lo que acepté, o aviso antes del día.</li>
    <li>Aviso cuando llego a una visita y cuando salgo.</li>
  </ul>
</section>`;
