import { withoutAccents } from "./fold.ts";

function wordSet(text: string): ReadonlySet<string> {
  return new Set(withoutAccents(text).split(/\s+/).filter(Boolean));
}

/**
 * Words of producers' messages that a typo could turn into a place, or that look like a place's name with one:
 * "cacao" is one letter from Callao, "receta" from Recta. No name is read into them by correction.
 */
const EVERYDAY = wordSet(`
  a abajo abono abonar aca acopio acopiador adelantada adelanto adentro agosto agua agricultor agricultora ahi ahora
  ahorita aka aki alas algo alguien algun algodon alla almacigo alquilar alkilar alto amarilla amarillo amarillos
  amarga amargo amargos analisis animales ano anos antes apoyo aqui arbol arboles area arriba arroba arrobas arroz
  arros asesor asesoria asociacion asosiacion asosiasion asta aun aunque aver ayer ayuda baba bajo balanza balansa banco
  banos barata barato basura bicho bien biol blanca blanco bolsa bolsas bonito bosque broca buena buenas bueno buenos
  burro cabeza cacao kakao cacaotal cada cadmio cafe cafetal caja cajas cajon cajones cal caldo calidad calle cama camas
  caminos camino camion campana campo cana capacitacion cargar carga caro carpa carretera carta casa casas cascara caserio
  causa cauce celular cemento centro cerca cerro certificacion certificado charla chacra chakra chica chico
  chiquita cinco claro cloruro cobra cobran cobre cogollo coger color combina comer comercio comida comite como compra
  comprador comprar comunidad con conmigo conocer consejo contra control cooperativa coperativa cosa cosas cosecha
  cosechar costal costales costo credito cuando cuanto cuatro cuenta cultivo cura curso da dan dap de debe deuda dia doy
  dias dice dinero dolar donde dos duda dueno duro el electrica empresa en enero enfermo entre entrega era es esa ese
  eso espero esposa esposo esta estan estoy esto estos falta familia favor febrero feria fermentado fermentar fertilizante
  fertilizantes feo fiesta finca flete flor flores foliar fondo forma frejol fresco fruta frutos fuerte fumigar
  fumigadora fundo fungicida ganas ganado gente gracias grande grano granos gratis grupo guano gusano haber hacer
  hago harina hasta hay helada herbicida hermana hermano hierba hijo hijos hoja hojas hola hombre hora horas hormiga
  hoy huerta huerto humedad ing ingeniera ingeniero ingenieros injerto injertar insecticida interior internet ir isla
  jacto joven jornal jornales junio julio junta juntos kilo kilos la lado largo larga largos las leche lejos lima
  limon limpia limpiar limpio linea litro litros llama llamas lluvia llueve lo local loma lomas los lote luna lunes luz
  madera madre machete machetes maiz mais mal mala malas maleza malo mama mandar manda manera mano manos manana manzana
  maquina maquinas mar marca marco maria martes marzo mas mata matas mayo mazorca media medida medio mejor menos mensaje
  mercado mes meses meta metal metro metros mi miel miercoles mil minga mis mitad mochila mochilas molido moler molino
  molinos monilia monilla monte morado mosca moto motor motosierra muchas mucho muestra muestras mujer mujeres
  nada nadie naranja naranjas naranjo naranjos negra negro no noche noches nombre norte nosotros nota nueva nuevas
  nueve nuevo nuevos numero o ocho ojo ojos once orden organico oro otra otro otros pa pacae pago pagar pais pala palas
  palma palmas palmera papa papaya papayas para parcela parsela pared parte partes pasa pasado paso pasto pedido pelea
  peon peones pergamino pero perro persona pesa pesar peso pesos picota pie piedra pina pino plaga plagas planta
  plantas plantita plantitas plantones plata platano platanos playa plaza poco poda podar pollo polvo por pozo
  precio presio prestamo primera primero producto productor productora productos profesor programa prueba puente puerta
  puerto punta punto puro que quebrada quiero quien quintal quintales racimo racimos rama ramas rato raya real receta
  recibo recojo regar remedio reparar represa requisito requisitos resiembra resultado riego rio rios roja rojo romana
  roya sabado saber sabana saco sacos sal salida salud santa secado secador secadora seca seco secar sector seguro
  semana semanas semilla semiya senor senora senorita senores ser servicio si siembra sierra siete sierras sigatoka
  sitio sobre socia socio socios sol soles sola solo somos son soy suegro suelo sulfato sur taller tambo tanque tarde
  tardes taza tecnico tecnicos tengo tengan tiempo tienda tierra tierras tijera tijeras titulo todo todos tonelada
  toneladas trabajo transporte tres trato tuberia tumba un una unidad unidades uno urea usted ustedes uva vaca vacas vale
  valle vara venado vender venta vendo verano veras verde veneno ves vez viaje vida vieja viejo viernes viento visita
  vista viuda vivero vuelta xfa y ya yo yuca yunque zanja zapato zapatos zona
`);

export function isEveryday(plain: string): boolean {
  return EVERYDAY.has(plain) || (plain.endsWith("s") && EVERYDAY.has(plain.slice(0, -1)));
}

/**
 * Names that are first of all words: a message means the place only after "distrito de" or where it says that
 * someone lives there ("soy de Naranjos", "mi chacra queda en Molino"). Keys as in a plain name key.
 */
const THINGS = wordSet(`
  acopia agua anco anta arenal arma asia ascension asuncion ate ayo balsas banos barranca barranco belen bellaunion
  caja camas cabana canta canaria canas capillas carmenalto cascas casagrande casitas castilla chala chao chico choco
  chocos chilca ciudadnueva cocas coco cochas colca colonia comas concepcion copa corrales crucero cuenca culebras
  curamori elalto elcarmen elingenio elmilagro eloro elporvenir elprado eltambo encanada esperanza espinar florida
  granada guadalupe levanto hongos huertas ica imperial independencia indiana ingenio jesus jesusmaria laarena labanda labrea
  lacapilla lacruz lacuesta laesperanza laflorida lahuaca lajoya lalibertad lamatanza lamolina lamorada lapampa laperla
  laprimavera lapunta laramada lasamazonas laslomas laspalmas laspiedras launion lavictoria llama lomas losolivos lucma
  magdalena mala mancos marca marco maria marias mito molino molinos moro mosca moya naranjos olmos pacae pampas
  perene pias pira plateria progreso providencia pueblolibre pueblonuevo quinua recta riogrande rionegro roble rosario salas
  salitral santa sexi socos sucre surco tamarindo tambillo tambo tate tigre tinco tinta toro trompeteros
  ventanilla vice victoria vistaalegre yunga lampa manta mato milagro moho paca papayal poroto sana sano suyo tanta
  lima
`);

/**
 * Names that are people's too, or that read as words now and then: a preposition of place must stand before
 * ("x Morales", "en Sauce").
 */
const PEOPLE = wordSet(`
  bernal bolivar bolognesi cordova gamarra hermilio humboldt jorgechavez josegalvez juanguerra luiscarranza miraflores
  montero morales navarro pardomiguel paucar pazos pedrogalvez pimentel ricardopalma roque samuelpastor simonbolivar
  talavera tomas tupacamaru valera vargasguerra zuniga `);

/** Ordinary words, though a place's name more often: they need a preposition, or a clause of their own. */
const WORDS = wordSet("calzada constitucion habana naranjillo sauce zapatero lamerced");

export type Likeness = "thing" | "person" | "word" | "place";

/** What a name is first of all when it stands in a message. */
export function likenessOf(plainName: string): Likeness {
  if (PEOPLE.has(plainName)) return "person";
  if (THINGS.has(plainName)) return "thing";
  return WORDS.has(plainName) ? "word" : "place";
}
