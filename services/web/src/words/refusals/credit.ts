/** Of members' credit, whoever meets it: borrowers, who vouches, lenders. */
export const creditRefusals: Readonly<Record<string, string>> = {
  "nothing-wanted": "Elija qué falta, o escríbalo.",
  "asked-enough": "Ya le pidieron algo más tres veces. Ahora decidan: aprobar o no prestar.",
  "no-such-credit": "Este crédito no es suyo o ya no está.",
  "not-theirs-to-declare": "Lo que la persona tiene lo dice ella misma. Déjelo en blanco.",
  "not-a-member": "Eso es solo para socias y socios de la organización.",
  "contract-not-signed": "Ese contrato todavía no está firmado por las dos partes.",
  "interest-missing": "Diga qué gana usted con este crédito, aunque sea nada.",
  "district-missing": "Escriba el distrito de su chacra: así vemos qué entidades llegan.",
  "not-a-draft": "Este crédito ya se envió. Mire cómo va.",
  "not-compared": "Ese crédito ya no está en la lista. Elija otro de los que se ven ahora.",
  "nothing-asked": "De esto nadie le pidió permiso.",
  "changed-meanwhile": "Esto cambió mientras usted lo leía. Léalo otra vez y decida.",
  "own-proposal": "Lo propuso usted: tiene que aprobarlo otra persona.",
  "nothing-chosen": "Primero elija a qué entidad pedir.",
  "not-agreed": "La persona todavía no dijo que sí.",
  "contract-share-exceeded": "Ya se pidió casi todo lo que vale ese contrato. Pida menos.",
  "money-handed-over":
    "La entidad dice que ya le entregó el dinero. Primero diga si lo recibió; si no llegó, dígalo también.",
  "settlement-is-a-condition":
    "Se aprobó con la condición de descontar de su cosecha: acéptelo así o no lo acepte.",
  "nothing-owed": "De este crédito no se debe nada ahora.",
  "no-such-purchase": "Esa compra no es suya o todavía no está pagada.",
  "purchase-counted": "Esa compra ya se usó para otro crédito.",
  "own-credit": "Este crédito es de usted o de su organización: lo decide otra persona.",
  "outside-the-offer": "Ese crédito no se da por ese monto a ese plazo: revise el monto y los meses.",
  "no-such-endorsement": "Este aval ya no está.",
  "already-asked": "Ya se lo pidió. Espere su respuesta.",
  "too-late": "Ya pasó el momento de hacer eso.",
  "nobody-approves":
    "No hay otra persona que lo apruebe. Nombren primero a otra gerenta o gerente en la organización.",
  "more-than-asked": "Es más de lo que la persona pide. Ponga ese monto o menos.",
  "exposure-exceeded":
    "Con este aval pasarían su tope. Suban el tope entre dos personas, o avalen un monto menor.",
  "no-such-limit": "Esa propuesta de tope ya no está.",
  "already-approved": "Ya estaba aprobado.",
  "has-an-association":
    "Usted es de una organización: pídale primero su aval. Si dice que no o no responde, junte a sus vecinos.",
  "guarantee-stands": "La entidad ya cuenta con quienes responden por usted: no se cambian.",
  "guarantor-wrong":
    "Revise los celulares: tres personas o más, de casas distintas, cada una con su propio número, y usted no.",
  "no-such-guarantee": "Ese pedido ya no está.",
  "not-asked-any-more": "Ya no hace falta su respuesta.",
  "guarantees-too-much": "Usted ya responde por mucho: en todo no puede pasar de S/ 5,000.",
};
