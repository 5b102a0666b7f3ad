import type { LanguagePack } from "../script.ts";

export const italian: LanguagePack = {
  manner: {
    joiner: " ",
    openers: [
      "Ciao,",
      "Buongiorno,",
      "Salve,",
      "Buonasera.",
      "Domanda veloce.",
      "Spero di non disturbare.",
      "Avrei bisogno di una mano.",
    ],
    closers: [
      "Grazie!",
      "Grazie mille.",
      "Grazie in anticipo.",
      "Spiegamelo in modo semplice, per favore.",
      "Sono un po' di fretta.",
      "Un saluto.",
    ],
    annoyed: [
      "Ci sto sopra da ore e non ne posso più.",
      "Sono davvero stufo.",
      "È la terza volta che lo chiedo.",
      "Perché dev'essere sempre così complicato?!",
    ],
    thanks: [
      ["Perfetto, grazie mille.", "Figurati!"],
      ["Proprio quello che mi serviva.", "Mi fa piacere."],
      ["Va bene, ci provo.", "In bocca al lupo! Fammi sapere."],
      ["Grazie, adesso è chiaro.", "Ottimo! Chiedi pure quando vuoi."],
    ],
    switches: [
      "Un'altra cosa, che non c'entra niente.",
      "A proposito, ancora una domanda.",
      "Cambio argomento.",
      "E già che ci sono, una seconda domanda.",
    ],
    softWords: [
      "Mi",
      "Puoi",
      "Come",
      "Vorrei",
      "Ho",
      "Il",
      "La",
      "Qual",
      "Quale",
      "Dove",
      "Perché",
      "Devo",
      "Si",
      "Sto",
      "Siamo",
      "Andiamo",
      "Da",
      "Con",
      "Cosa",
      "Che",
      "È",
      "Ogni",
      "Quanto",
    ],
    plants: [
      { text: "A proposito, mi chiamo {name}." },
      { text: "La mia mail è {email}." },
      { text: "Mi trova al numero {phone}." },
      { text: "I miei dati: {name}, {address}." },
      { domains: ["customer_support", "personal_finance"], text: "L'IBAN è {iban}." },
      { domains: ["customer_support", "travel"], text: "Ho pagato con la carta {card}." },
      { domains: ["programming", "data_analysis"], text: "Il server è su {ip}." },
    ],
    firstNames: ["Giulia", "Marco", "Francesca", "Luca", "Chiara", "Matteo", "Sara", "Davide"],
    lastNames: ["Ferrari", "Conti", "Marchetti", "Galli", "Esposito", "Barbieri", "Rinaldi", "De Luca"],
    addresses: [
      "Via Esempio {number}, 00100 Roma",
      "Corso Modello {number}, 20100 Milano",
      "Piazza Inventata {number}, 50100 Firenze",
    ],
  },
  scripts: {
    "polite-email-rewrite": {
      scenes: [
        {
          a: "il padrone di casa",
          su: "il riscaldamento rotto",
          brutto: "Da nove giorni siamo senza riscaldamento. Mandi qualcuno.",
          bello:
            "Le scrivo di nuovo per il riscaldamento, che non funziona da nove giorni. Potrebbe dirmi in quale giorno di questa settimana può passare qualcuno?",
        },
        {
          a: "un cliente",
          su: "una fattura scaduta",
          brutto: "Non avete ancora pagato. Pagate entro venerdì.",
          bello:
            "Dai nostri dati la fattura di agosto risulta ancora aperta. Sarebbe possibile saldarla entro venerdì?",
        },
        {
          a: "la mia capa",
          su: "lo smart working del venerdì",
          brutto: "Il venerdì in ufficio non ci vengo più.",
          bello: "Mi piacerebbe lavorare da casa il venerdì. Potremmo provare per un mese?",
        },
      ],
      slots: { tono: ["più gentile", "più professionale", "meno aggressivo", "cortese ma fermo"] },
      requests: [
        "Mi riscrivi questa mail con un tono {tono}?\n\n{brutto}",
        "Sto per mandare questo messaggio e temo che sia troppo brusco. L'argomento è {su}.\n\n{brutto}",
        "Mi serve un testo {tono}. L'argomento: {su}. La bozza:\n\n{brutto}",
        "Come posso scrivere una mail con un tono {tono}? Il destinatario è {a}, il tema {su}.",
      ],
      terse: ["mail tono {tono}, {su}", "riscrivere: {brutto}"],
      details: ["Andiamo d'accordo e vorrei che restasse così.", "Ho già scritto una volta."],
      replies: [
        "Certo. Ecco una proposta:\n\n«{bello}»",
        "Il messaggio è chiaro, ma suona come un rimprovero. Meglio così:\n\n«{bello}»",
      ],
      followUps: [
        ["Puoi accorciarla?", "Una frase per il fatto e una per la domanda."],
        [
          "Adesso è troppo morbida.",
          "Allora chiudi con una scadenza: «Resto in attesa di una risposta entro venerdì.»",
        ],
      ],
      slips: [["Hai cambiato il senso.", "Hai ragione, scusa. Più vicino al tuo testo: «{bello}»"]],
    },
    "fix-failing-test": {
      scenes: [
        {
          str: "pytest",
          guaio: "passa da solo ma fallisce con tutta la suite",
          causa: "un altro test cambia un valore globale",
          cura: "usa monkeypatch, che annulla la modifica",
        },
        {
          str: "JUnit",
          guaio: "fallisce solo sul server",
          causa: "il confronto dipende dall'ordine di una HashMap",
          cura: "ordina le liste prima di confrontarle",
        },
        {
          str: "Cypress",
          guaio: "fallisce una volta su cinque",
          causa: "il clic arriva prima che il modulo sia pronto",
          cura: "aspetta la richiesta e non un tempo fisso",
        },
      ],
      requests: [
        "Ho un test in {str} che {guaio}. Da cosa può dipendere?",
        "Da ieri un test {guaio}. Usiamo {str}. Da dove comincio?",
        "Mi aiuti con uno unit test? Con {str} {guaio}.",
        "Perché un test in {str} {guaio} se non ho toccato nulla?",
      ],
      terse: ["test {str} {guaio}"],
      details: ["Gli altri test sono verdi.", "A mano funziona."],
      replies: [
        "Molto probabilmente {causa}. Soluzione: {cura}.",
        "Sembra uno stato condiviso. Credo che la causa sia questa: {causa}. {^cura}.",
      ],
      followUps: [
        ["Ancora rosso.", "Controlla che giri davvero la versione nuova."],
        ["Era quello! E prima perché andava?", "Perché l'ordine lo nascondeva: {causa}."],
      ],
    },
    "track-delayed-parcel": {
      known: ["ord"],
      scenes: [
        {
          cosa: "una macchina del caffè",
          data: "martedì scorso",
          luogo: "nel deposito di Bologna",
          motivo: "il camion era pieno e riparte stanotte",
        },
        {
          cosa: "due paia di scarpe",
          data: "ieri",
          luogo: "in un punto di ritiro",
          motivo: "il corriere non ha lasciato l'avviso",
        },
        {
          cosa: "un regalo di compleanno",
          data: "venerdì",
          luogo: "ancora nel nostro magazzino",
          motivo: "non è mai partito, lo mandiamo con l'espresso",
        },
      ],
      slots: { ord: ["I-2201", "I-8874", "I-5439", "I-6650"] },
      requests: [
        "Dov'è il mio pacco? Ho ordinato {cosa}, doveva arrivare {data}. Ordine {ord}.",
        "Il mio ordine {ord} non è ancora arrivato. Che succede?",
        "Puoi controllare l'ordine {ord}? È {cosa}, con consegna prevista {data}.",
        "Il tracciamento di {ord} è fermo da giorni. Devo fare qualcosa?",
      ],
      terse: ["ordine {ord} dov'è", "pacco {ord} fermo"],
      details: ["Il corriere non risponde.", "È un regalo."],
      replies: [
        "Ho controllato: il pacco è {luogo}. Il motivo: {motivo}. Mi dispiace per l'attesa.",
        "Grazie per la pazienza. L'ordine {ord} è {luogo}; {motivo}.",
      ],
      followUps: [
        [
          "Voglio il rimborso.",
          "Certo. Visto il ritardo, l'annullamento è gratuito e richiede da tre a cinque giorni.",
        ],
        ["Si può consegnare in ufficio?", "Sì, finché non è caricato. L'ho annotato."],
      ],
    },
    "plan-city-trip": {
      scenes: [
        { citta: "Lisbona", uno: "l'Alfama a piedi", due: "Belém", tre: "Sintra in treno" },
        { citta: "Vienna", uno: "il centro e un caffè storico", due: "Schönbrunn", tre: "il Belvedere" },
        {
          citta: "Palermo",
          uno: "i mercati e la cattedrale",
          due: "Monreale",
          tre: "la spiaggia di Mondello",
        },
      ],
      slots: {
        giorni: ["tre giorni", "un fine settimana lungo", "quattro giorni"],
        con: ["due bambini", "i miei genitori", "la mia ragazza"],
        stile: ["senza spendere troppo", "con calma", "lontano dai percorsi soliti"],
      },
      requests: [
        "Mi prepari un programma di {giorni} a {citta}, {stile}?",
        "Andiamo a {citta} con {con} per {giorni}. Cosa non dobbiamo perdere?",
        "In quale zona di {citta} conviene dormire? Restiamo {giorni}.",
        "Vorrei vedere {citta} in {giorni}, {stile}. Qualche idea?",
      ],
      terse: ["{citta} {giorni} cosa vedere"],
      details: ["Niente macchina a noleggio.", "Ci piacciono i mercati."],
      replies: [
        "Giorno 1: {uno}.\nGiorno 2: {due}.\nGiorno 3: {tre}.",
        "Comincerei con {uno}, poi {due}, e terrei {tre} per la fine.",
      ],
      followUps: [
        ["E se piove?", "Cambia la passeggiata con un museo o un mercato coperto."],
        ["Dove si mangia bene?", "Una strada più in là della piazza principale."],
      ],
    },
    "vegetarian-week-plan": {
      scenes: [
        {
          per: "due persone",
          l: "ragù di lenticchie",
          ma: "curry di ceci",
          me: "frittata di zucchine",
          g: "zuppa di fagioli",
          v: "pizza con peperoni",
        },
        {
          per: "quattro persone",
          l: "pasta con gli spinaci",
          ma: "patate al forno",
          me: "risotto alla zucca",
          g: "pasta e ceci",
          v: "piadine farcite",
        },
      ],
      slots: { limite: ["in mezz'ora al massimo", "con poca spesa", "senza funghi", "con tante proteine"] },
      requests: [
        "Mi fai un menù vegetariano da lunedì a venerdì per {per}, {limite}?",
        "Cosa si cucina questa settimana senza carne? È per {per}, {limite}.",
        "Mia figlia è diventata vegetariana. Mi servono cinque cene {limite}.",
        "Cerco idee per cene vegetariane {limite}, con la lista della spesa.",
      ],
      terse: ["menù vegetariano {limite}"],
      details: ["Cucino dopo il lavoro.", "La spesa si fa il sabato."],
      replies: [
        "Lunedì: {l}\nMartedì: {ma}\nMercoledì: {me}\nGiovedì: {g}\nVenerdì: {v}",
        "Che ne dici di {l}, {ma}, {me}, {g} e, il venerdì, {v}?",
      ],
      followUps: [
        [
          "E la lista della spesa?",
          "Cipolle, aglio, carote, una verdura di stagione; legumi, pasta, pelati; uova, formaggio, yogurt.",
        ],
        ["Cosa posso preparare la domenica?", "Cuoci i cereali e fai il sugo del lunedì."],
      ],
    },
    "household-budget": {
      known: ["buco"],
      scenes: [
        { netto: "1.600", affitto: "600", resto: "1.000", buco: "le cene fuori" },
        { netto: "2.200", affitto: "750", resto: "1.450", buco: "gli abbonamenti" },
        { netto: "1.350", affitto: "500", resto: "850", buco: "gli acquisti in rete" },
      ],
      slots: { meta: ["risparmiare 200 euro al mese", "arrivare a fine mese", "pagare le vacanze"] },
      requests: [
        "Mi aiuti a fare un bilancio familiare? Guadagno {netto}, l'affitto è {affitto} e vorrei {meta}.",
        "Con {netto} euro al mese non resta niente. Affitto: {affitto}. Dove taglio?",
        "È troppo pagare {affitto} di affitto con {netto} di stipendio?",
        "Come divido {netto} euro per {meta}?",
      ],
      terse: ["bilancio mensile {netto}"],
      details: ["Debiti non ne ho.", "Sospetto che siano {buco}."],
      replies: [
        "Dopo l'affitto restano {resto}. Per {meta}, metti da parte la somma il giorno dello stipendio. Da guardare per primi: {buco}.",
        "Bastano tre parti: fisso, futuro e libero. Il buco più comune: {buco}.",
      ],
      followUps: [
        ["E le spese annuali?", "Sommale, dividi per dodici e metti da parte ogni mese."],
        ["Mollo sempre dopo due settimane.", "Meno categorie: ne bastano tre."],
      ],
    },
    "workout-plan": {
      scenes: [
        {
          meta: "mettere su un po' di muscoli",
          ho: "due manubri",
          a: "squat, rematore, piegamenti",
          b: "affondi, spalle, plank",
        },
        {
          meta: "togliermi il mal di schiena",
          ho: "un tappetino",
          a: "ponte e gatto-mucca",
          b: "rematore con l'asciugamano e stretching",
        },
      ],
      slots: {
        volte: ["due volte a settimana", "tre volte a settimana", "venti minuti al giorno"],
        ma: ["ho un ginocchio delicato", "mi annoio subito", "lavoro di notte"],
      },
      requests: [
        "Mi fai un programma per {meta}? Ho {ho}, {volte}.",
        "Vorrei {meta}, ma {ma}. Che esercizi faccio?",
        "Allenarsi {volte} basta per {meta}?",
        "Mi serve una routine in casa con {ho}. {^ma}.",
      ],
      terse: ["allenamento {meta}"],
      details: ["La palestra non fa per me.", "La costanza è il mio punto debole."],
      replies: [
        "Giorno A: {a}. Giorno B: {b}. Comincia piano.",
        "{^volte} va bene. Alterna {a} e {b}. Se fa male, fermati.",
      ],
      followUps: [
        ["Cosa devo mangiare?", "Niente di strano: proteine a ogni pasto, verdure e sonno."],
        ["Sono tutto indolenzito.", "Era troppo in una volta. Due giorni di riposo, poi la metà."],
      ],
    },
    "spreadsheet-formula": {
      scenes: [
        {
          cosa: "sommare solo le vendite di una regione",
          formula: '=SOMMA.SE(B:B;"Nord";D:D)',
          occhio: "uno spazio di troppo impedisce la corrispondenza",
        },
        {
          cosa: "cercare un prezzo in un altro foglio",
          formula: "=CERCA.X(A2;Prezzi!A:A;Prezzi!C:C)",
          occhio: "i numeri salvati come testo non si trovano",
        },
      ],
      slots: { app: ["Excel", "Google Fogli", "LibreOffice"], err: ["#N/D", "#VALORE!", "zero"] },
      requests: [
        "Quale formula serve in {app} per {cosa}?",
        "Sto provando a {cosa} in {app} e mi esce {err}. Cosa sbaglio?",
        "È possibile {cosa} senza macro in {app}?",
        "Ogni mese devo {cosa} a mano. C'è una formula?",
      ],
      terse: ["{app} {cosa}"],
      details: ["Sono circa 40.000 righe.", "Ho la versione italiana."],
      replies: [
        "Usa questa:\n\n{formula}\n\nOcchio: {occhio}.",
        "Per {cosa}: {formula}. Ricorda che {occhio}.",
      ],
      followUps: [
        ["Mi dà {err}.", "Di solito è perché {occhio}."],
        ["Come blocco l'intervallo?", "Con il dollaro: $B$2:$B$50. F4 lo cambia."],
      ],
    },
    "leftovers-recipe": {
      scenes: [
        {
          ho: "pane raffermo e pomodori",
          piatto: "una panzanella",
          passo: "bagna il pane, strizzalo e condisci tutto mezz'ora prima",
        },
        {
          ho: "del riso avanzato e un po' di formaggio",
          piatto: "degli arancini al forno",
          passo: "forma le palline, passale nel pangrattato e inforna",
        },
        {
          ho: "pasta fredda e due uova",
          piatto: "una frittata di pasta",
          passo: "mescola tutto e cuoci piano da entrambi i lati",
        },
      ],
      slots: {
        tempo: ["in venti minuti", "in mezz'ora", "con una sola padella"],
        voglia: ["qualcosa di caldo", "qualcosa di leggero", "qualcosa per i bambini"],
      },
      requests: [
        "Ho {ho}. Cosa posso cucinare {tempo}?",
        "Cosa faccio con {ho}? Vorrei {voglia}.",
        "Mi dai una ricetta con {ho}? Non voglio buttare niente.",
        "Come posso usare {ho}? Domani è da buttare.",
      ],
      terse: ["ricetta {ho}"],
      details: ["Non ho voglia di fare la spesa.", "Siamo in due."],
      replies: ["Fai {piatto}: {passo}.", "Che ne dici di {piatto}? {^passo}."],
      followUps: [
        ["Si può congelare?", "Sì, prima dell'ultimo passaggio."],
        ["Qualcos'altro?", "Una zuppa: soffriggi una cipolla, aggiungi tutto e copri di brodo."],
      ],
    },
    "houseplant-care": {
      scenes: [
        {
          pianta: "monstera",
          segno: "ha le foglie gialle",
          perche: "troppa acqua",
          cura: "lascia asciugare il terreno tra un'annaffiatura e l'altra",
        },
        {
          pianta: "orchidea",
          segno: "non fiorisce più",
          perche: "troppo caldo tutto l'anno",
          cura: "tienila al fresco per quattro settimane",
        },
        {
          pianta: "pianta grassa",
          segno: "cresce lunga e pallida",
          perche: "poca luce",
          cura: "mettila alla finestra più luminosa",
        },
      ],
      slots: { posto: ["vicino a una finestra a nord", "sopra il termosifone", "in bagno"] },
      requests: [
        "La mia {pianta} {segno}. Cosa sbaglio?",
        "Ogni quanto si annaffia una {pianta}? Sta {posto}.",
        "Posso salvare la mia {pianta}? Ultimamente {segno}.",
        "Perché la mia {pianta} {segno}?",
      ],
      terse: ["{pianta} {segno}"],
      details: ["Sta {posto}.", "La annaffio la domenica."],
      replies: [
        "Di solito è {perche}: {cura}.",
        "Sembra {perche}. Prova così: {cura}. Ci vuole qualche settimana.",
      ],
      followUps: [
        ["Devo tagliare le foglie brutte?", "Sì, quelle gialle per più di metà."],
        ["Le serve il concime?", "Da marzo a settembre, a metà dose."],
      ],
    },
    "film-and-book-tips": {
      scenes: [
        { amato: "Il nome della rosa", a: "Il mio nome è Rosso", tratto: "storia e mistero" },
        { amato: "La vita è bella", a: "Train de vie", tratto: "il riso accanto al dolore" },
        { amato: "Perfetti sconosciuti", a: "Il gioco delle coppie", tratto: "dialoghi affilati a tavola" },
      ],
      slots: { voglia: ["niente di triste", "qualcosa di breve", "qualcosa di poco noto"] },
      requests: [
        'Mi consigli qualcosa di simile a "{amato}"? {^voglia}.',
        'Mi è piaciuto molto "{amato}". E adesso?',
        'Cosa guardo o leggo stasera? {^voglia}, tipo "{amato}".',
        'Che cosa può piacere a chi ama "{amato}"?',
      ],
      terse: ["simile a {amato}"],
      details: ["I classici li conosco già.", "Niente horror."],
      replies: ['Se ti piace {tratto}, prova "{a}".', 'Il più vicino per {tratto} è "{a}".'],
      followUps: [
        ["Già visto. Altro?", "Dimmi che cosa non ti è piaciuto di recente, così restringo."],
        ["Ha un lieto fine?", "Senza anticipare: lascia soddisfatti."],
      ],
    },
    "return-and-refund": {
      scenes: [
        {
          cosa: "un paio di jeans",
          perche: "mi sta stretto",
          regola: "l'abbigliamento si può rendere entro 30 giorni",
        },
        {
          cosa: "un tappeto",
          perche: "il colore non è quello della foto",
          regola: "gli articoli grandi vengono ritirati a casa",
        },
        {
          cosa: "un set di piatti",
          perche: "due sono arrivati rotti",
          regola: "basta una foto entro 14 giorni",
        },
      ],
      slots: { quando: ["la settimana scorsa", "tre giorni fa", "all'inizio del mese"] },
      requests: [
        "Vorrei restituire {cosa} perché {perche}. Come si fa?",
        "Ho rispedito {cosa} {quando} e non vedo il rimborso. Quanto ci vuole?",
        "Mi mandi un'etichetta per il reso? Si tratta di {cosa}.",
        "Ho comprato {cosa} {quando}, ma {perche}. Posso cambiarlo?",
      ],
      terse: ["reso {cosa}"],
      details: ["Ho perso lo scontrino.", "La scatola non c'è più."],
      replies: [
        "Nessun problema: {regola}. Ti ho mandato l'etichetta.",
        "Mi dispiace. In questo caso {regola}. Il rimborso arriva in cinque giorni.",
      ],
      followUps: [
        ["Non ho la stampante.", "Non serve: mostra il codice sul telefono."],
        ["Chi paga la spedizione?", "La paghiamo noi."],
      ],
    },
  },
};
