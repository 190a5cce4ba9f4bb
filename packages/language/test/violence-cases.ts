/** Messages that speak of violence at home, as tired or frightened people write. */
export const alarming: readonly string[] = `mi marido me pega
mi padrastro entra a mi cuarto en la noche
mi tio se mete a mi cama
mi esposo me quita mi plata
mi marido me controla la plata
mi conviviente no me da ni un sol
me sigue a todas partes mi ex
mi ex me vigila donde voy
me espia mi ex pareja
me golpea
me a pegado
mi esposo me ha pegado de nuevo
me amenasa
linea 100
cual es el numero de la linea 100
violencia
me quiere matar
ayudenme me maltrata
mi conviviente me golpea cuando toma
mi pareja me amenaza con machete
sufro abuso
mi papa me pega con correa
mi padrastro me toca
mi padrastro abusa de mi
me violo mi tio
mi ex me quiere matar
mi marido me bota de mi casa a golpes
me encierra i no me deja salir
mi esposo me pega y a mis hijos tambien
la golpea a mi hermana su marido
a mi vecina le pega su esposo
mi yerno maltrata a mi hija
mi cuñado golpeo a mi hermana
ay violensia en mi casa
violencia familiar
donde denuncio violencia
maltrato fisico
me maltrata mucho
me tiene amenazada
me dejo moreteada
tengo miedo de mi marido
tengo miedo de bolver a mi casa con mi esposo
mi esposo es muy celoso y me pega
me pateo en la barriga
me ahorco anoche
me kiere matar ayuda
dise q me va a matar
mi hijo me pega
me pegan en mi casa
mi suegro me golpeo
me esta pegando
me esta amenasando
el papa de mis hijos me golpea
mi marido borracho me pego
mi conbibiente me maltrata
me agredio mi esposo
mi pareja me agrede
me jaloneo del pelo mi marido
no me deja salir de la casa
no me deja hablar con nadie
centro emergencia mujer
abuso sexual
violacion
mi enamorado me amenazo de muerte
vive maltratandome
me insulta y me pega
mi marido saco el cuchillo
me persigue con machete el me amenaza
mi tio me manoseo
nos pega a todos
golpea a mi mama
le pega a mi hermana
MI ESPOSO ME GOLPEA
mi marido me a golpeado fuerte
me obliga a estar con el mi marido
me estan pegando
m pego anoche
mi marido me kasca
m esta golpeando ayuda
mi esposo me casco ayer
me sigue amenazando mi ex
mi pareja me esta maltratando
me sovo mi marido
mi marido me soba cada vez q toma
me tira con lo que encuentra
me tiro con la olla
me agarra a golpes
me agarro del pelo i me tiro al piso
me revienta la cara
me rebento la boca
le tengo miedo a mi esposo
le tengo mucho miedo a mi marido
me da miedo mi conbibiente
vivo con miedo de mi pareja
me bota de la casa y me pega
me boto de la casa con mis hijos
me kiero matar
ya no quiero vivir
ya no kiero bibir mas
no quiero seguir viviendo
pienso en suisidarme
mi hija se quiere matar
me voy a tomar veneno
me quiero morir
quiero quitarme la vida
mejor me mato
no tengo ganas de vivir
linea 113
me pegaron entre dos en mi casa
m golpiaron
me saco la mugre mi marido
me dio una pateadura
me chicotea con el cable
estan golpeando a mi mama
mi hermano le kasca a su mujer
q hago si mi marido m pega
nos pegan siempre
mi cuñado me puñeteo
me jalo del cabello mi esposo
la seqia nos tiene mal y mi marido me pega
mi marido me esta matando a golpes
me arrastro por el suelo mi pareja
me escupe y me insulta
me pegara si se entera
mi esposo me alzo la mano
toy toda moreteada
mi marido me da duro
mi hijo quiere matarse
no tiene sentido mi vida`.split("\n");

/** Messages with the same words about crops, weather, prices and work. */
export const harmless: readonly string[] = `la roya le pega al café
me pegó fuerte la sequía
matar la hormiga
como mato la hormiga
veneno para matar hormiga
la broca esta golpeando mi cafe
la plaga ataca mi cacao
le pego la monilia a mi cacao
el sol le pega mucho a mis plantones
el precio nos golpea
nos golpeo la helada
la lluvia maltrata los granos
granos maltratados
la roya me mato todo el cafetal
quiero matar el gusano
matamaleza
herbicida para matar la mala yerba
el injerto no pega
no me pego el injerto
ya pego el injerto
cuanto pagan el cacao
necesito un tecnico
mi marido quiere urea
mi esposo vende cacao
mi pareja y yo queremos un credito
mi papa quiere vender su cafe
tengo miedo que llueva
tengo miedo de perder mi cosecha
mi hijo esta enfermo
me corto con el machete
necesito machetes
quiero comprar un machete
me falta plata
el camion golpeo mi cerco
me toca cosechar mañana
nos toca la inspeccion
cuando me toca mi visita
me toca pagar jornal
hola buenas tardes
quiero 100 plantones
100 sacos de urea
linea de credito
curso de poda
mi vecino me vendio urea
me estafaron
el comprador abusa con el peso
el acopiador abusa del precio
abusan de nuestro precio
el verano golpeo fuerte
la sequia nos pego duro
el viento me tumbo los platanos
la hormiga me mata las plantas
el cogollero me esta matando el maiz
mi marido no esta en casa
mi señora quiere registrarse
mi esposa cosecha cafe
el tecnico no vino
me dejo plantado
le pego la mancha al platano
cual es el numero para llamar
la fumigadora me quemo las plantas
me llama por favor
no quiero mensajes
abono foliar que pega bien
mi cacao esta maltratado por la plaga
la sequía me está matando el cacao
me mata la broca
le pega la roya
la sekia me esta matando todo
le estan pegando las plagas a mi cafe
nos estan golpeando los precios
el sol esta pegando fuerte
me estan pagando mal el cacao
me mata el precio tan bajo
la plaga me esta golpeando el cafetal
me pego feo la monilia este año
nos pegaron las lluvias
le kasco la roya a mi cafe
quiero matar las hormigas
como puedo matar el pulgon
se me quiere morir el cacao
se estan muriendo mis plantas
mi cacao se quiere morir
no quiero vivir en uchiza mejor en tocache
veneno para la broca
quiero comprar veneno para rata
tengo miedo a la roya
le tengo miedo a la deuda
tengo miedo de sacar prestamo
me revienta la manguera de la mochila
se me rebento la manguera
me agarro la lluvia en el camino
me tira mucha flor el cacao
la cascara de cacao la uso de abono
quiero una cascadora de cafe
me sobo abono
me sobra urea
mi marido mata la hormiga con veneno
mi esposo bota la cascara
a 100 m pego la plaga
el injerto esta pegando bien
ya estan pegando los injertos
no estan pegando las yemas
mi esposo esta podando
necesito linea de 113 soles
113 plantones
me boto la carga el camion
me dio monilia en el cacao
la broca le esta dando duro al cafe
la lluvia me bota la flor del cafe
el comprador nos golpea con su precio
el acopiador me castiga el precio
quiero vivir de mi cacao
se me va a morir la planta
me arrastro el rio mis plantas
me pego la gripe
el ingeniero me esta ayudando a matar la plaga
me quiero morir de risa
me dio una mano con la poda
no quiero vivir endeudado
me amenaza el banco
le pegan los chinches al arroz
mi hermano pega injertos
la papa le pego la rancha
ya me estan pegando los plantones
me pegaron un susto con el precio`.split("\n");
