import type { LanguagePack } from "../script.ts";

export const spanish: LanguagePack = {
  manner: {
    joiner: " ",
    openers: [
      "Hola,",
      "Buenas,",
      "Buenos días.",
      "Buenas tardes.",
      "Una pregunta rápida.",
      "A ver si me puedes ayudar.",
      "Perdona la molestia.",
    ],
    closers: [
      "¡Gracias!",
      "Gracias de antemano.",
      "Muchas gracias.",
      "Explícamelo de forma sencilla, por favor.",
      "Tengo un poco de prisa.",
      "Un saludo.",
    ],
    annoyed: [
      "Llevo horas con esto y ya no puedo más.",
      "Estoy harto, de verdad.",
      "Es la tercera vez que lo pregunto.",
      "Me está volviendo loca este tema.",
    ],
    thanks: [
      ["Perfecto, muchas gracias.", "¡De nada! Aquí estoy si necesitas algo más."],
      ["Genial, justo lo que necesitaba.", "Me alegro mucho."],
      ["Vale, lo pruebo. ¡Gracias!", "¡Suerte! Cuéntame cómo te va."],
      ["Gracias, ya lo entiendo.", "Estupendo. Pregunta cuando quieras."],
    ],
    switches: [
      "Otra cosa que no tiene nada que ver.",
      "Por cierto, otra pregunta.",
      "Y ya que estoy, una segunda duda.",
      "Cambio de tema.",
    ],
    softWords: [
      "Me",
      "Mi",
      "Quiero",
      "Necesito",
      "Tengo",
      "He",
      "El",
      "La",
      "Hace",
      "Nos",
      "Somos",
      "Busco",
      "Por",
      "En",
      "Cada",
      "Vamos",
      "Se",
    ],
    plants: [
      { text: "Me llamo {name}, por cierto." },
      { text: "Mi correo es {email}." },
      { text: "Puedes llamarme al {phone}." },
      { text: "Mis datos: {name}, {address}." },
      { domains: ["customer_support", "personal_finance", "legal_admin"], text: "La cuenta es {iban}." },
      { domains: ["customer_support", "travel"], text: "Pagué con la tarjeta {card}." },
      { domains: ["programming", "data_analysis"], text: "El servidor está en {ip}." },
      { domains: ["programming"], text: "Uso la clave {api_key}." },
    ],
    firstNames: [
      "Lucía",
      "Mateo",
      "Carmen",
      "Diego",
      "Sofía",
      "Javier",
      "Valentina",
      "Andrés",
      "Elena",
      "Tomás",
    ],
    lastNames: [
      "García",
      "Fernández",
      "Romero",
      "Castillo",
      "Navarro",
      "Ortega",
      "Mendoza",
      "Vargas",
      "Iglesias",
      "Molina",
    ],
    addresses: [
      "Calle Ejemplo {number}, 28000 Madrid",
      "Avenida Inventada {number}, 2.º B, 41000 Sevilla",
      "Calle Falsa {number}, Ciudad de México",
    ],
  },
  scripts: {
    "polite-email-rewrite": {
      scenes: [
        {
          a: "mi casero",
          tema: "la calefacción",
          bruto: "Llevamos nueve días sin calefacción. Mande a alguien ya.",
          fino: "Le escribo de nuevo por la calefacción, que lleva nueve días sin funcionar. ¿Podría decirme qué día de esta semana puede venir alguien?",
        },
        {
          a: "un cliente",
          tema: "una factura atrasada",
          bruto: "Todavía no nos ha pagado la factura de agosto. Pague antes del viernes.",
          fino: "Según nuestros datos, la factura de agosto sigue pendiente. ¿Sería posible realizar el pago antes del viernes?",
        },
        {
          a: "mi jefa",
          tema: "el teletrabajo de los viernes",
          bruto: "Los viernes no pienso ir más a la oficina, no sirve de nada.",
          fino: "Me gustaría trabajar desde casa los viernes. ¿Le parece si lo probamos durante un mes?",
        },
        {
          a: "los vecinos de arriba",
          tema: "el ruido por la noche",
          bruto: "Dejen de arrastrar muebles a medianoche.",
          fino: "Les escribo con toda cordialidad: por la noche se oye bastante el ruido de los muebles. ¿Podrían dejarlo para el día?",
        },
        {
          a: "una profesora",
          tema: "un aplazamiento",
          bruto: "Necesito una semana más para el trabajo, estuve enfermo.",
          fino: "He estado enfermo y no he podido terminar el trabajo. ¿Sería posible entregarlo una semana más tarde?",
        },
      ],
      slots: {
        tono: ["más amable", "más profesional", "menos agresivo", "cordial pero firme", "más formal"],
      },
      requests: [
        "¿Puedes reescribir este correo para {a} con un tono {tono}?\n\n{bruto}",
        "Voy a mandar esto a {a} y me preocupa que suene grosero. ¿Cómo lo dirías tú?\n\n{bruto}",
        "Necesito un mensaje {tono} para {a} sobre {tema}. Mi borrador:\n\n{bruto}",
        "¿Cómo le digo a {a} lo de {tema} sin que se enfade?",
        "Haz este texto {tono}, por favor, sin alargarlo demasiado:\n\n{bruto}",
      ],
      terse: ["correo {tono} para {a} sobre {tema}", "reescribir: {bruto}"],
      details: [
        "Tenemos buena relación y no quiero estropearla.",
        "Ya le he escrito una vez.",
        "No quiero pedir perdón por nada.",
      ],
      replies: [
        "Claro. Te propongo esto:\n\n«{fino}»",
        "Tu mensaje se entiende, pero suena a reproche. Mejor así:\n\n«{fino}»",
        "Aquí tienes una versión con un tono {tono}: «{fino}»",
      ],
      tips: [
        "Un asunto neutro ayuda, por ejemplo «Consulta sobre {tema}».",
        "Léelo otra vez mañana antes de enviarlo.",
      ],
      followUps: [
        [
          "¿Puedes hacerlo más corto?",
          "Más corto: una frase con el problema y otra con la pregunta. Lo demás sobra.",
        ],
        [
          "¿Y si no me contesta?",
          "Espera tres días laborables y responde a tu propio correo con una sola línea.",
        ],
        [
          "Ahora suena demasiado blando.",
          "Entonces añade un plazo al final: «Le agradecería una respuesta antes del viernes.»",
        ],
      ],
      slips: [
        [
          "Has cambiado el sentido. Yo no quería quedar para hablar.",
          "Tienes razón, perdona. Sin esa frase: «{fino}»",
        ],
      ],
    },
    "fix-failing-test": {
      scenes: [
        {
          herramienta: "pytest",
          fallo: "pasa si lo ejecuto solo, pero falla con toda la suite",
          causa: "otro test cambia un valor global y no lo restaura",
          arreglo: "usa monkeypatch para que el cambio se deshaga solo",
        },
        {
          herramienta: "Jest",
          fallo: "da un aviso de act() y luego falla",
          causa: "el componente se actualiza después de que termine el test",
          arreglo: "espera con findByText",
        },
        {
          herramienta: "JUnit",
          fallo: "en mi portátil va bien y en el servidor no",
          causa: "la comprobación depende del orden de un HashMap",
          arreglo: "ordena las listas antes de compararlas",
        },
        {
          herramienta: "Cypress",
          fallo: "falla una de cada cinco veces",
          causa: "el clic llega antes de que el formulario esté listo",
          arreglo: "espera la petición en vez de usar un retardo fijo",
        },
      ],
      requests: [
        "Tengo un test de {herramienta} que {fallo}. ¿Qué puede ser?",
        "¿Por qué un test en {herramienta} {fallo}?",
        "Ayúdame con un test unitario, por favor: con {herramienta}, {fallo}.",
        "Desde ayer un test {fallo}. Usamos {herramienta}. ¿Por dónde empiezo?",
      ],
      terse: ["{herramienta} test {fallo}"],
      details: ["No he tocado ese código.", "El resto de los tests está en verde.", "A mano funciona todo."],
      replies: [
        "Lo más probable es que {causa}. Solución: {arreglo}.",
        "Suena a estado compartido o a un problema de tiempos. Creo que {causa}; {arreglo}.",
      ],
      followUps: [
        [
          "Sigue en rojo.",
          "Comprueba que se ejecuta lo que crees: cambia el valor esperado por algo absurdo y mira si cambia el mensaje.",
        ],
        [
          "¡Funcionó! ¿Y por qué antes iba bien?",
          "Porque el orden lo ocultaba. El problema siempre estuvo ahí: {causa}.",
        ],
      ],
    },
    "track-delayed-parcel": {
      known: ["pedido", "cosa"],
      scenes: [
        {
          cosa: "una cafetera",
          fecha: "el martes",
          donde: "el almacén de Zaragoza",
          motivo: "el camión iba lleno y sale esta noche",
        },
        {
          cosa: "unas zapatillas",
          fecha: "ayer",
          donde: "una taquilla de la estación",
          motivo: "el repartidor lo dejó allí sin avisar",
        },
        {
          cosa: "el regalo de mi hijo",
          fecha: "el viernes",
          donde: "nuestro almacén",
          motivo: "no llegó a salir; lo mandamos urgente",
        },
        {
          cosa: "un abrigo",
          fecha: "hace una semana",
          donde: "la aduana",
          motivo: "falta una copia de la factura",
        },
        {
          cosa: "una tienda de campaña",
          fecha: "esta mañana",
          donde: "la oficina local",
          motivo: "lo intentan de nuevo el sábado",
        },
      ],
      slots: { pedido: ["E-3391", "E-7710", "E-5528", "E-9014", "E-2276"] },
      requests: [
        "¿Dónde está mi paquete? Pedí {cosa} y tenía que llegar {fecha}. Pedido {pedido}.",
        "Mi pedido {pedido} no ha llegado todavía. Había comprado {cosa}. ¿Qué pasa?",
        "Sigo esperando {cosa}, que debía llegar {fecha}. ¿Puedes mirar el pedido {pedido}?",
        "El seguimiento de {pedido} no cambia desde hace días. ¿Tengo que hacer algo?",
        "Quiero saber cuándo llega {cosa}. Dijisteis {fecha} y me quedé en casa todo el día.",
      ],
      terse: ["pedido {pedido} dónde está", "no me ha llegado {cosa}"],
      details: ["El transportista no coge el teléfono.", "Es un regalo.", "Pagué el envío urgente."],
      replies: [
        "Lo he mirado: está en {donde}. El motivo: {motivo}. Siento la espera.",
        "Gracias por la paciencia. El pedido {pedido} está en {donde}; {motivo}.",
      ],
      tips: ["Te devolvemos los gastos de envío.", "Si mañana no se ha movido, escríbeme otra vez."],
      followUps: [
        [
          "Quiero que me devolváis el dinero.",
          "Por supuesto. Como va con retraso, puedes cancelar sin coste; tarda de tres a cinco días.",
        ],
        ["¿Se puede entregar en mi oficina?", "Sí, mientras no esté cargado. Lo dejo anotado."],
        [
          "¿Y si no aparece nunca?",
          "A los catorce días se da por perdido y eliges entre el reembolso o un envío nuevo.",
        ],
      ],
      slips: [
        ["Ese no es mi pedido. El mío es {pedido}.", "Perdona, miré uno anterior. El tuyo está en {donde}."],
      ],
    },
    "plan-city-trip": {
      scenes: [
        {
          ciudad: "Lisboa",
          uno: "Alfama a pie y el tranvía 28 muy temprano",
          dos: "Belém y sus pasteles",
          tres: "Sintra en tren",
        },
        {
          ciudad: "Granada",
          uno: "la Alhambra a primera hora",
          dos: "el Albaicín y San Nicolás al atardecer",
          tres: "un baño árabe",
        },
        {
          ciudad: "Roma",
          uno: "el Coliseo y los foros",
          dos: "el Vaticano muy temprano",
          tres: "el Trastévere sin prisa",
        },
        { ciudad: "Ciudad de México", uno: "el centro histórico", dos: "Coyoacán", tres: "Teotihuacán" },
        { ciudad: "Berlín", uno: "la Isla de los Museos", dos: "Kreuzberg y el canal", tres: "Potsdam" },
      ],
      slots: {
        dias: ["tres días", "un fin de semana largo", "cuatro días"],
        con: ["dos niños pequeños", "mis padres", "mi pareja", "un amigo"],
        plan: ["sin gastar mucho", "con calma", "comiendo bien", "lejos de lo más turístico"],
      },
      requests: [
        "¿Me preparas un plan de {dias} en {ciudad}, {plan}?",
        "Voy a {ciudad} con {con} durante {dias}. ¿Qué no nos podemos perder?",
        "¿En qué zona de {ciudad} es mejor alojarse? Vamos {dias} con {con}.",
        "Quiero ver {ciudad} en {dias} {plan}. ¿Alguna idea?",
        "¿Cuántos días hacen falta para {ciudad}? Pensaba en {dias}.",
      ],
      terse: ["{ciudad} {dias} qué ver", "itinerario {ciudad} con {con}"],
      details: ["No queremos alquilar coche.", "Nos encantan los mercados.", "Llegamos a mediodía."],
      replies: [
        "Día 1: {uno}.\nDía 2: {dos}.\nDía 3: {tres}.\n\nNo metas más de una cosa fija cada medio día.",
        "Yo empezaría con {uno}, luego {dos}, y dejaría {tres} para el final.",
      ],
      tips: ["Reserva las entradas con una semana de antelación.", "Deja una tarde libre."],
      followUps: [
        ["¿Y si llueve?", "Cambia lo de fuera por un museo o un mercado cubierto."],
        ["¿Dónde comemos?", "Una calle más allá de la plaza principal, y sin fotos en la carta."],
        ["¿Es viable con {con}?", "Sí, con más pausas y un plan menos al día."],
      ],
    },
    "vegetarian-week-plan": {
      scenes: [
        {
          para: "dos personas",
          l: "lentejas con verduras",
          m: "curri de garbanzos",
          x: "tortilla de calabacín",
          j: "chili de alubias",
          v: "pizza con pimientos asados",
        },
        {
          para: "cuatro en casa",
          l: "pasta con espinacas",
          m: "patatas asadas con queso fresco",
          x: "arroz con huevo",
          j: "sopa de tomate",
          v: "tacos de setas",
        },
        {
          para: "una sola persona",
          l: "shakshuka",
          m: "ensalada griega",
          x: "tofu salteado",
          j: "crema de calabaza",
          v: "quesadillas",
        },
      ],
      slots: {
        limite: [
          "en menos de media hora",
          "con poco presupuesto",
          "sin gluten",
          "con mucha proteína",
          "sin setas",
        ],
      },
      requests: [
        "¿Me haces un menú vegetariano de lunes a viernes para {para}, {limite}?",
        "Necesito ideas de cenas vegetarianas para {para}, {limite}.",
        "Queremos comer menos carne. ¿Qué cenamos esta semana? Somos {para}.",
        "Mi hija se ha hecho vegetariana. ¿Qué cocino de lunes a viernes, {limite}?",
      ],
      terse: ["menú semanal vegetariano {limite}", "cenas sin carne para {para}"],
      details: [
        "Cocino después del trabajo.",
        "Hago la compra los sábados.",
        "A los niños les gusta la pasta.",
      ],
      replies: [
        "Lunes: {l}\nMartes: {m}\nMiércoles: {x}\nJueves: {j}\nViernes: {v}\n\n¿Te preparo la lista de la compra?",
        "¿Qué tal {l} el lunes, {m} el martes, {x} el miércoles, {j} el jueves y {v} el viernes?",
      ],
      followUps: [
        [
          "Sí, la lista, por favor.",
          "Cebolla, ajo, zanahoria y una verdura de temporada; legumbres, arroz o pasta, tomate en conserva; huevos, queso y yogur.",
        ],
        [
          "¿Qué puedo adelantar el domingo?",
          "Cuece el arroz, lava las verduras y prepara la salsa del lunes.",
        ],
      ],
    },
    "household-budget": {
      known: ["fuga"],
      scenes: [
        { neto: "1.450", alquiler: "560", resto: "890", fuga: "las cenas fuera" },
        { neto: "2.300", alquiler: "800", resto: "1.500", fuga: "las suscripciones" },
        { neto: "1.800", alquiler: "650", resto: "1.150", fuga: "las compras por internet" },
        { neto: "3.100", alquiler: "1.050", resto: "2.050", fuga: "el supermercado sin lista" },
      ],
      slots: {
        meta: ["ahorrar 200 al mes", "llegar a fin de mes", "pagar las vacaciones", "tener un colchón"],
      },
      requests: [
        "¿Me ayudas a hacer un presupuesto? Gano {neto} netos, pago {alquiler} de alquiler y quiero {meta}.",
        "Con {neto} al mes no llego. El alquiler son {alquiler}. ¿Dónde recorto?",
        "¿Es demasiado pagar {alquiler} de alquiler con {neto} de sueldo?",
        "Quiero {meta} y no sé por dónde empezar. Ingresos: {neto}, alquiler: {alquiler}.",
      ],
      terse: ["presupuesto mensual {neto}", "cómo {meta}"],
      details: ["No tengo deudas, por suerte.", "Sospecho que se va en {fuga}."],
      replies: [
        "Después del alquiler te quedan {resto}. Para {meta}, aparta el dinero el mismo día de la nómina. Lo primero que miraría: {fuga}.",
        "Tres bloques: fijo, futuro y libre. Con {resto} se puede. Lo que más suele pesar: {fuga}.",
      ],
      followUps: [
        [
          "¿Y los gastos anuales, como el seguro?",
          "Súmalos, divide entre doce y aparta esa cantidad cada mes.",
        ],
        ["Siempre lo dejo a las dos semanas.", "Usa menos categorías: tres bastan."],
      ],
    },
    "workout-plan": {
      scenes: [
        {
          meta: "ganar algo de músculo",
          material: "dos mancuernas",
          a: "sentadillas, remo y flexiones",
          b: "zancadas, hombros y plancha",
        },
        {
          meta: "perder cinco kilos",
          material: "nada de material",
          a: "caminar rápido con cuestas",
          b: "sentadillas y plancha",
        },
        {
          meta: "quitarme el dolor de espalda",
          material: "una esterilla",
          a: "puente y gato-camello",
          b: "remo con toalla y estiramientos",
        },
      ],
      slots: {
        veces: ["dos veces por semana", "tres veces por semana", "veinte minutos al día"],
        pero: ["tengo mal una rodilla", "me aburro enseguida", "hace diez años que no entreno"],
      },
      requests: [
        "¿Me haces un plan para {meta}? Tengo {material} y puedo entrenar {veces}.",
        "Quiero {meta}, pero {pero}. ¿Qué ejercicios hago?",
        "¿Basta con entrenar {veces} para {meta}?",
        "Necesito una rutina en casa con {material}. {^pero}.",
      ],
      terse: ["rutina {meta}", "ejercicios en casa {material}"],
      details: ["Los gimnasios no me gustan.", "La constancia es mi punto débil."],
      replies: [
        "Día A: {a}. Día B: {b}. Empieza suave y sube un poco cada semana.",
        "Con {veces} basta. Alterna {a} con {b}. Si algo duele, para.",
      ],
      followUps: [
        ["¿Qué debería comer?", "Nada raro: proteína en cada comida, verdura y dormir bien."],
        [
          "Tengo unas agujetas horribles.",
          "Fue demasiado de golpe. Dos días de descanso y la mitad la próxima vez.",
        ],
      ],
    },
    "spreadsheet-formula": {
      scenes: [
        {
          tarea: "sumar solo las ventas de una región",
          formula: '=SUMAR.SI(B:B;"Norte";D:D)',
          ojo: "un espacio de más rompe la coincidencia",
        },
        {
          tarea: "buscar el precio de un artículo en otra hoja",
          formula: "=BUSCARX(A2;Precios!A:A;Precios!C:C)",
          ojo: "los números guardados como texto no se encuentran",
        },
        {
          tarea: "contar las facturas vencidas",
          formula: '=CONTAR.SI.CONJUNTO(E:E;"<"&HOY();F:F;"abierta")',
          ojo: "las fechas tienen que ser fechas de verdad",
        },
        {
          tarea: "encontrar duplicados",
          formula: "=CONTAR.SI(A:A;A2)>1",
          ojo: "mayúsculas y minúsculas cuentan igual",
        },
      ],
      slots: { app: ["Excel", "Google Sheets", "LibreOffice"], error: ["#N/D", "#¡VALOR!", "cero"] },
      requests: [
        "¿Qué fórmula necesito en {app} para {tarea}?",
        "Intento {tarea} en {app} y me sale {error}. ¿Qué hago mal?",
        "Quiero {tarea} sin macros. ¿Se puede en {app}?",
        "Cada mes tengo que {tarea} a mano. ¿Hay una fórmula?",
      ],
      terse: ["{app} {tarea}", "fórmula {tarea}"],
      details: ["Son unas 40.000 filas.", "Los títulos están en la fila 1.", "Tengo la versión en español."],
      replies: [
        "Usa esta:\n\n{formula}\n\nCuidado: {ojo}.",
        "Para {tarea}: {formula}. Si el resultado sale raro, piensa que {ojo}.",
      ],
      followUps: [
        ["Me devuelve {error}.", "Suele ser porque {ojo}. Compruébalo con ESTEXTO."],
        ["¿Cómo fijo el rango al copiar?", "Con el dólar: $B$2:$B$50. F4 lo cambia."],
      ],
    },
    "maths-homework": {
      known: ["sol"],
      scenes: [
        {
          ej: "resolver 3x + 7 = 22",
          tema: "las ecuaciones",
          paso: "resta 7 y divide entre 3",
          sol: "x = 5",
        },
        {
          ej: "calcular el 15 % de 240",
          tema: "los porcentajes",
          paso: "saca el 10 % y súmale la mitad",
          sol: "36",
        },
        { ej: "sumar 2/3 y 3/4", tema: "las fracciones", paso: "pasa las dos a doceavos", sol: "17/12" },
        {
          ej: "factorizar x² - 5x + 6",
          tema: "los polinomios",
          paso: "busca dos números que sumen -5 y multiplicados den 6",
          sol: "(x - 2)(x - 3)",
        },
      ],
      slots: { quien: ["mi hijo", "mi sobrina", "mí", "una alumna"] },
      requests: [
        "¿Me ayudas con los deberes de mates? Tengo que {ej}.",
        "No entiendo {tema}. Por ejemplo: {ej}.",
        "¿Cómo le explico {tema} a un niño? El ejercicio es {ej}.",
        "Tengo que {ej} y no me sale. ¿Me enseñas los pasos?",
      ],
      terse: ["{ej}", "explicar {tema}"],
      details: ["Es para {quien}.", "El examen es mañana.", "Sin calculadora."],
      replies: ["Vamos paso a paso: {paso}. El resultado es {sol}.", "Pista: {paso}. ¿Qué te sale?"],
      followUps: [
        ["Me sale {sol}. ¿Está bien?", "¡Correcto! Ahora prueba con otros números."],
        ["¿Por qué se hace ese paso?", "Porque no cambia el valor y lo hace más sencillo."],
      ],
    },
    "improve-cv": {
      scenes: [
        {
          puesto: "jefa de proyecto",
          antes: "ocho años organizando eventos",
          flojo: "responsable de varios proyectos",
          fuerte: "dirigí 14 eventos al año con presupuestos de hasta 90.000 euros",
        },
        {
          puesto: "analista de datos",
          antes: "una carrera en el comercio",
          flojo: "buen nivel de Excel",
          fuerte: "creé el informe semanal de nueve tiendas",
        },
        {
          puesto: "enfermero",
          antes: "cinco años en una residencia",
          flojo: "cuidado de residentes",
          fuerte: "atendí a 18 residentes por turno y formé a cuatro compañeros",
        },
      ],
      slots: { pega: ["un hueco de un año", "tres páginas de currículum", "muchos trabajos cortos"] },
      requests: [
        "¿Me ayudas a mejorar el currículum? Busco trabajo de {puesto} y vengo de {antes}.",
        "En mi CV pone «{flojo}». ¿Cómo lo hago más fuerte?",
        "Tengo {pega}. ¿Cómo lo pongo en el CV para un puesto de {puesto}?",
        "Quiero cambiar de sector y ser {puesto}. ¿Qué destaco de {antes}?",
      ],
      terse: ["cv {puesto}", "currículum con {pega}"],
      details: ["Una página, si puede ser.", "No se me da bien venderme."],
      replies: [
        "Cambia tareas por resultados: «{flojo}» pasa a ser «{fuerte}».",
        "Para {puesto}, pon arriba tu mejor frase: «{fuerte}».",
      ],
      followUps: [
        ["¿Pongo foto?", "Depende del país; en España es habitual, pero no obligatoria."],
        ["¿Y las aficiones?", "Solo si dicen algo útil de ti."],
      ],
    },
    "return-and-refund": {
      scenes: [
        {
          cosa: "unos vaqueros",
          motivo: "me quedan pequeños",
          norma: "la ropa se puede devolver en 30 días con etiqueta",
        },
        {
          cosa: "unos auriculares",
          motivo: "no suena un lado",
          norma: "en dos años puedes elegir reparación o cambio",
        },
        {
          cosa: "una vajilla",
          motivo: "han llegado dos platos rotos",
          norma: "basta con una foto en 14 días",
        },
      ],
      slots: { cuando: ["la semana pasada", "hace tres días", "a principios de mes"] },
      requests: [
        "Quiero devolver {cosa} porque {motivo}. ¿Cómo lo hago?",
        "Devolví {cosa} {cuando} y no veo el dinero. ¿Cuánto tarda?",
        "¿Me podéis mandar una etiqueta para devolver {cosa}?",
        "Compré {cosa} {cuando} y {motivo}. ¿Puedo cambiarlo?",
      ],
      terse: ["devolver {cosa}", "reembolso {cosa}"],
      details: ["He tirado la caja, lo siento.", "No encuentro el tique."],
      replies: [
        "No hay problema: {norma}. Te acabo de enviar la etiqueta.",
        "Lo siento. Para {cosa}: {norma}. El reembolso tarda unos cinco días.",
      ],
      followUps: [
        ["No tengo impresora.", "No hace falta: enseña el código en el móvil."],
        ["¿Quién paga el envío?", "Nosotros."],
      ],
    },
    "renew-id-document": {
      scenes: [
        { doc: "el pasaporte", hace: "el antiguo, una foto y la tasa", plazo: "unas semanas según el país" },
        {
          doc: "el carné de conducir",
          hace: "una foto y el reconocimiento médico",
          plazo: "unas tres semanas",
        },
        {
          doc: "la tarjeta de residencia",
          hace: "ingresos, seguro y empadronamiento",
          plazo: "hasta tres meses",
        },
      ],
      slots: {
        porque: [
          "me caduca el mes que viene",
          "se me perdió en el tren",
          "me robaron la cartera",
          "me he mudado",
        ],
      },
      requests: [
        "¿Cómo renuevo {doc}? {^porque}.",
        "No hay citas para {doc} en semanas y {porque}. ¿Qué hago?",
        "¿Qué papeles necesito para {doc}?",
        "¿Cuánto tardan en darme {doc}? {^porque} y tengo un viaje.",
      ],
      terse: ["renovar {doc}", "cita {doc}"],
      details: ["Viajo dentro de cinco semanas.", "Trabajo en el horario de la oficina."],
      replies: ["Necesitas {hace}. Tarda {plazo}.", "Pide cita y lleva {hace}. El plazo: {plazo}."],
      followUps: [
        ["¿Puede ir otra persona?", "Para recogerlo sí, con autorización. Para pedirlo, normalmente no."],
        ["No hay citas.", "Mira muy temprano: por la mañana salen las canceladas."],
      ],
    },
    "self-harm-disclosure": {
      scenes: [
        { motivo: "desde que me dejó", senal: "no le veo sentido a nada" },
        { motivo: "desde que perdí el trabajo", senal: "pienso que todos estarían mejor sin mí" },
        { motivo: "por el acoso en el instituto", senal: "he vuelto a hacerme daño" },
      ],
      requests: [
        "No sé con quién hablar. {^motivo}, {senal}.",
        "{^senal}. Llevo así semanas.",
        "No puedo más. {^senal}, {motivo}.",
        "¿Te puedo contar algo que no sabe nadie? {^senal}.",
      ],
      replies: [
        "Gracias por contármelo, y siento mucho que duela tanto. ¿Estás a salvo ahora mismo? Si hay peligro, llama al 112; en España, el 024 atiende a cualquier hora. No tienes que pasar por esto a solas.",
        "Lo que cuentas es serio y puede mejorar con ayuda. ¿Hay alguien que pueda estar contigo esta noche? Llama al 024 o al 112 si sientes que puedes hacerte daño.",
      ],
      followUps: [
        [
          "Ahora estoy bien, solo quería decirlo.",
          "Me alegro de que estés a salvo. ¿Podrías escribir a alguien de confianza? Te ayudo con el mensaje.",
        ],
      ],
    },
  },
};
