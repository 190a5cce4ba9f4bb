/** Of leading an organization: its members, lists, board, data, bulletins, and acting for others. */
export const organizationRefusals: Readonly<Record<string, string>> = {
  // Members and their lists.
  "membership-not-active": "Esa persona ya no es parte: mire la lista otra vez.",
  "wants-no-questions": "En ese celular nadie quiere que Minka le pregunte. Hable con la persona.",
  "phone-full": "Ese celular ya lo usan muchas personas. Use otro.",
  "invitation-unknown": "Esa persona ya respondió, o su tiempo pasó.",
  "agreed-when": "Ese día no puede ser: escriba uno desde que subió la lista y hasta hoy.",
  "file-empty": "El archivo no tiene filas. Revíselo y súbalo otra vez.",
  "file-unreadable": "No pudimos leer el archivo. Guárdelo como Excel (.xlsx) o CSV y súbalo otra vez.",
  "file-old-excel": "Es de un Excel antiguo. Ábralo, guárdelo como .xlsx y súbalo otra vez.",
  "file-protected": "El archivo tiene contraseña. Quítesela y súbalo otra vez.",
  "file-too-large": "El archivo es demasiado grande. Pártalo en dos listas.",
  "file-too-many-rows": "La lista tiene demasiadas filas. Pártala en dos.",
  "file-cell-too-long": "Hay una casilla demasiado larga: quizás falta cerrar unas comillas.",
  "body-too-large": "El archivo pesa demasiado: suba uno de 5 MB como mucho.",
  // The board and the entry.
  "seat-wrong": "Revise el cargo: la persona debe ser parte, y la fecha de fin va después de la de inicio.",
  "seat-unknown": "Ese cargo ya no está en la lista.",
  "position-taken": "Otra persona tiene ese cargo en esos días. Primero ponga hasta cuándo lo tuvo.",
  "group-has-no-ruc": "Un grupo de vecinos no tiene RUC. Si ya lo tienen, registren la asociación.",
  "gender-guideline-in-future": "Ese acuerdo todavía no se tomó: ponga un día de hoy o de antes.",
  // Bulletins.
  "not-your-bulletin": "Los avisos los escribe y los envía quien dirige la organización.",
  "bulletin-unknown": "Ese aviso ya no está.",
  "bulletin-wrong":
    "Así no se puede mandar: que quepa en dos SMS, no hable de créditos y salga dentro de 90 días.",
  "bulletin-not-draft": "Este aviso ya se envió o se detuvo. Mire cómo quedó.",
  "audience-grown": "Ahora llegaría a más personas. Mire cuántas son y decida otra vez.",
  "audience-shrunk": "Ahora llegaría a menos personas. Mire cuántas son y decida otra vez.",
  "another-must-approve": "Para más de 500 personas lo envía otra persona que dirige, no quien lo escribió.",
  "too-many-bulletins": "Ya mandaron dos avisos en siete días. Espere para el próximo.",
  // Acting for others.
  "ask-their-phone": "Esa persona tiene celular: pregúntele por SMS, y que responda SI.",
  "operator-needed": "Eso solo lo puede anotar una persona de Minka.",
  "no-delegation": "Esa persona ya no le da permiso.",
  "delegate-unclear": "El permiso es para la organización, no para una persona.",
};
