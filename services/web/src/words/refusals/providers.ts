/** Of what providers do: answering orders, their work, their entry and their offers. */
export const providerRefusals: Readonly<Record<string, string>> = {
  // Orders.
  "another-was-quicker": "Otra persona dijo que sí antes.",
  "ask-taken-back": "Quien pidió ya no lo necesita, o eligió a otra persona.",
  // Work.
  "no-such-engagement": "Este trabajo ya no está.",
  // The entry.
  "provider-closed": "Este registro está cerrado: ya no se cambia.",
  "provider-incomplete": "Faltan datos para enviarlo. Complete lo que está marcado.",
  "conduct-not-accepted": "Primero acepte el compromiso de buen trato.",
  "area-unknown": "No conocemos uno de esos lugares. Escriba el distrito, la provincia o la región.",
  "identity-wrong": "El documento no va con el nombre o el tipo. Revise los números.",
  "identity-settled":
    "El nombre y el documento ya se revisaron. Para cambiarlos pida primero corregir el registro.",
  "document-taken": "Ese documento ya está registrado con otro nombre.",
  "already-registered": "Usted ya tiene un registro propio.",
  "organization-taken": "Esa organización ya está registrada.",
  "not-yourself": "Cada persona se registra a sí misma.",
  "person-has-not-agreed": "Esa persona todavía no aceptó estar en Minka. Que escriba primero por SMS.",
  "contact-is-provider": "En un registro personal los pedidos llegan a la misma persona.",
  "contact-person": "A esa persona le llegan los pedidos. Primero elija otra persona de contacto.",
  "not-staff": "Esa persona no es parte del personal.",
  "grant-unknown": "Esa organización ya no tenía permiso.",
  "not-an-agent": "Eso es solo para técnicas y técnicos.",
  "supplier-unknown": "No encontramos esa tienda entre los proveedores revisados.",
  "issued-in-future": "La fecha del certificado todavía no llega.",
  "appointment-unknown": "Esa visita fija ya no está.",
  "appointment-past": "Ese día ya pasó.",
  "appointment-taken": "A esa hora ya tiene otra visita.",
  // Offers.
  "offer-terms-wrong": "Hay datos que no van juntos. Revise lo que está marcado.",
  "kind-fixed": "El tipo de una oferta no cambia. Haga una nueva.",
  "version-unknown": "Esa versión de la oferta no existe.",
  // Price lists.
  "import-unknown": "Esa lista ya no está.",
  "import-not-checked": "La lista todavía se revisa. Espere un momento y mire de nuevo.",
  "import-has-errors": "La lista tiene errores. Corríjalos en el archivo y súbalo otra vez.",
  "import-done": "Esta lista ya se cargó.",
  "too-many-files": "Son muchas listas seguidas. Espere unos minutos.",
  "upload-under-way": "Ya se está subiendo una lista. Espere a que termine.",
};
