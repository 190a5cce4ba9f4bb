import { html, type Html } from "../../design/html.ts";

/** What happens next, shown as it looks on the phone. The names are of nobody, the place is always the same. */
export const sampleThread: Html = html`<section class="sample" aria-labelledby="asi">
  <h2 id="asi">Así se pide <span class="quiet">· ejemplo</span></h2>
  <ol class="thread">
    <li class="in"><b>Usted</b> tecnico para la monilia en mi cacao, tocache</li>
    <li class="out">
      <b>Minka</b> 3 pueden atender en Tocache:<br />1 Rosa P., 4 km, S/&nbsp;30<br />2 Elmer T., 11 km,
      S/&nbsp;25<br />3 Nélida V., 18 km, gratis<br />Responda del 1 al 3, o NO
    </li>
    <li class="in"><b>Usted</b> 1</li>
    <li class="out">
      <b>Minka</b> Le preguntamos a Rosa P. Tiene hasta las 6&nbsp;p.&nbsp;m. para responder. Le avisamos.
    </li>
    <li class="out"><b>Minka</b> Rosa P. dijo que sí. Visita: jueves 26. Le mandamos su número.</li>
  </ol>
</section>`;
