/** Of any page. */
export const generalRefusals: Readonly<Record<string, string>> = {
  "illegal-transition": "Esto ya no se puede: mientras tanto cambió. Mire cómo está ahora.",
  "not-yours": "Esto es de otra persona.",
  "not-while-acting": "Esto lo decide la misma persona, no quien le ayuda.",
  "district-unknown": "No conocemos ese distrito. Escriba el distrito y la provincia.",
  "idempotency-key-reused": "Este formulario ya se envió. Mire cómo quedó.",
  "code-refused": "Ese código no sirve. Mire el último SMS de Minka y escríbalo otra vez.",
  "too-many-codes": "Ya le mandamos un código. Espere un minuto antes de pedir otro.",
  "too-many-tries": "Son muchos códigos equivocados. Espere una hora y pruebe otra vez.",
  "too-many-requests": "Son muchas páginas seguidas. Espere un minuto.",
};
