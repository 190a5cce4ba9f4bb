/** Of what Minka keeps of a person. */
export const ownDataRefusals: Readonly<Record<string, string>> = {
  "dni-taken": "Ese DNI no se puede poner. Si es suyo, escriba PERSONA por SMS y le ayudamos.",
  "birth-year-in-future": "Ese año todavía no llega. Revíselo.",
  "birth-year-too-late": "Ese año no puede ser: en Minka se tiene 12 años o más. Revíselo.",
  "contact-hours-reversed": "La primera hora tiene que ser antes que la segunda.",
  "language-needs-consent": "Primero dé permiso para guardar su lengua.",
  "word-unfit":
    "Esa palabra no sirve. Escoja otra, de 4 a 20 letras, que no sea de todos los días ni su nombre.",
  "word-needed":
    "Varias personas usan su celular. Ponga primero su palabra secreta en Mis datos: así nadie más ve lo suyo.",
  "phone-not-theirs": "Ese celular ya no es suyo.",
  "not-your-profile": "Estos datos son de otra persona.",
  "delegation-unknown": "Ese permiso ya no está.",
  "not-your-delegation": "Ese permiso es entre otras personas.",
};
