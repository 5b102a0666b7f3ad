import type { LanguagePack } from "../script.ts";

export const dutch: LanguagePack = {
  manner: {
    joiner: " ",
    openers: [
      "Hoi,",
      "Hallo,",
      "Goedemorgen,",
      "Goedenavond.",
      "Even een vraagje.",
      "Misschien kun je me helpen.",
      "Ik hoop dat ik hier goed zit.",
    ],
    closers: [
      "Bedankt!",
      "Alvast bedankt.",
      "Dank je wel.",
      "Graag een simpele uitleg.",
      "Ik heb een beetje haast.",
      "Groetjes.",
    ],
    annoyed: [
      "Ik ben hier al uren mee bezig en ik word er gek van.",
      "Ik ben er echt klaar mee.",
      "Dit is de derde keer dat ik het vraag.",
      "Waarom moet dit altijd zo ingewikkeld zijn?!",
    ],
    thanks: [
      ["Top, dank je wel!", "Graag gedaan!"],
      ["Precies wat ik zocht.", "Fijn om te horen."],
      ["Oké, ga ik proberen.", "Succes! Laat maar weten hoe het gaat."],
      ["Bedankt, nu snap ik het.", "Mooi. Vraag gerust verder."],
    ],
    switches: [
      "Nog iets heel anders.",
      "Trouwens, nog een vraag.",
      "Ander onderwerp.",
      "Nu ik er toch ben, een tweede vraag.",
    ],
    softWords: [
      "Kun",
      "Hoe",
      "Ik",
      "Mijn",
      "Wat",
      "Waar",
      "Waarom",
      "Kan",
      "Welke",
      "We",
      "Is",
      "Wij",
      "Help",
      "Onze",
      "Met",
      "Het",
      "De",
      "Elke",
      "Sinds",
      "In",
    ],
    plants: [
      { text: "Ik heet trouwens {name}." },
      { text: "Mijn e-mail is {email}." },
      { text: "Je kunt me bellen op {phone}." },
      { text: "Mijn gegevens: {name}, {address}." },
      { domains: ["customer_support", "personal_finance", "legal_admin"], text: "Mijn IBAN is {iban}." },
      { domains: ["customer_support", "travel"], text: "Ik heb betaald met kaart {card}." },
      { domains: ["programming", "data_analysis"], text: "Het IP-adres is {ip}." },
    ],
    firstNames: ["Sanne", "Daan", "Lotte", "Bram", "Femke", "Youssef", "Anouk", "Jeroen"],
    lastNames: ["de Vries", "Bakker", "Visser", "van Dijk", "Mulder", "El Amrani", "Hendriks", "Kuipers"],
    addresses: [
      "Voorbeeldstraat {number}, 1000 AA Amsterdam",
      "Testlaan {number}, 3500 AB Utrecht",
      "Modelplein {number}, 9000 Gent",
    ],
  },
  scripts: {
    "polite-email-rewrite": {
      scenes: [
        {
          aan: "mijn huisbaas",
          over: "de kapotte verwarming",
          bot: "De verwarming doet het al negen dagen niet. Stuur iemand.",
          net: "Ik wil graag nog eens vragen naar de verwarming, die al negen dagen niet werkt. Kunt u laten weten op welke dag er deze week iemand kan komen?",
        },
        {
          aan: "een klant",
          over: "een openstaande factuur",
          bot: "Jullie hebben nog steeds niet betaald. Betaal voor vrijdag.",
          net: "Volgens onze gegevens staat de factuur van augustus nog open. Zou u deze voor vrijdag kunnen voldoen?",
        },
        {
          aan: "de bovenburen",
          over: "het lawaai 's nachts",
          bot: "Houd op met meubels schuiven om middernacht.",
          net: "Na middernacht horen we vaak dat er meubels worden verschoven. Zou dat tot de ochtend kunnen wachten?",
        },
      ],
      slots: { toon: ["vriendelijker", "professioneler", "minder verwijtend", "beleefd maar duidelijk"] },
      requests: [
        "Kun je deze mail aan {aan} {toon} maken?\n\n{bot}",
        "Ik wil dit naar {aan} sturen en ben bang dat het bot overkomt. Hoe zou jij het zeggen?\n\n{bot}",
        "Hoe schrijf ik {aan} over {over} zonder ruzie te krijgen?",
        "Help me met een bericht aan {aan} over {over}. De toon mag {toon}.\n\n{bot}",
      ],
      terse: ["mail aan {aan} {toon}", "herschrijf: {bot}"],
      details: ["We kunnen het goed met elkaar vinden.", "Ik heb al een keer herinnerd."],
      replies: [
        'Natuurlijk. Wat vind je hiervan?\n\n"{net}"',
        'De boodschap is duidelijk, maar het klinkt als een verwijt. Liever zo:\n\n"{net}"',
      ],
      followUps: [
        ["Kan het korter?", "Eén zin met het feit, één met de vraag. De rest kan weg."],
        ["Nu is het te slap.", 'Sluit dan af met een datum: "Ik hoor graag voor vrijdag van u."'],
      ],
      slips: [["Je hebt de betekenis veranderd.", 'Klopt, sorry. Dichter bij jouw tekst: "{net}"']],
    },
    "fix-failing-test": {
      scenes: [
        {
          tool: "pytest",
          fout: "slaagt los, maar faalt in de hele suite",
          oorzaak: "een andere test past een globale waarde aan",
          oplossing: "gebruik monkeypatch, die draait het terug",
        },
        {
          tool: "Jest",
          fout: "geeft een act()-waarschuwing en faalt",
          oorzaak: "het component werkt zich bij na het einde van de test",
          oplossing: "wacht met findByText",
        },
        {
          tool: "Cypress",
          fout: "faalt één op de vijf keer",
          oorzaak: "de klik komt voordat het formulier klaar is",
          oplossing: "wacht op het verzoek in plaats van een vaste tijd",
        },
      ],
      requests: [
        "Mijn test in {tool} {fout}. Waar kan dat aan liggen?",
        "Kun je helpen met een unittest? Hij {fout}, we gebruiken {tool}.",
        "Ik heb niets veranderd, maar een test in {tool} {fout}. Waar begin ik?",
        "Wat is de oorzaak als een test in {tool} het niet doet? Hij {fout}.",
      ],
      terse: ["{tool} test {fout}"],
      details: ["Alle andere tests zijn groen.", "Met de hand werkt het."],
      replies: [
        "Waarschijnlijk dit: {oorzaak}. Oplossing: {oplossing}.",
        "Dat lijkt op gedeelde toestand. Ik denk aan het volgende: {oorzaak}. {^oplossing}.",
      ],
      followUps: [
        ["Nog steeds rood.", "Controleer of echt de nieuwe versie draait."],
        ["Dat was het! Waarom ging het eerst goed?", "Omdat de volgorde het verborg."],
      ],
    },
    "track-delayed-parcel": {
      known: ["nr"],
      scenes: [
        {
          ding: "een koffiezetapparaat",
          dag: "afgelopen dinsdag",
          plek: "in het sorteercentrum",
          reden: "de vrachtwagen was vol en vertrekt vanavond",
        },
        {
          ding: "twee paar hardloopschoenen",
          dag: "gisteren",
          plek: "bij een afhaalpunt",
          reden: "de bezorger liet geen briefje achter",
        },
        {
          ding: "een cadeau voor mijn zoon",
          dag: "vrijdag",
          plek: "nog in ons magazijn",
          reden: "het is niet verstuurd; we sturen het met spoed",
        },
      ],
      slots: { nr: ["N-3320", "N-7184", "N-9921", "N-4405"] },
      requests: [
        "Waar is mijn pakket? Ik heb {ding} besteld en het zou {dag} komen. Bestelling {nr}.",
        "Mijn bestelling {nr} is er nog steeds niet. Wat is er aan de hand?",
        "Kun je bestelling {nr} nakijken? Het gaat om {ding}, verwacht {dag}.",
        "De tracking van {nr} verandert al dagen niet. Moet ik iets doen?",
      ],
      terse: ["bestelling {nr} waar", "pakket {nr} te laat"],
      details: ["De bezorgdienst neemt niet op.", "Het is een cadeau."],
      replies: [
        "Ik heb het opgezocht: het pakket ligt {plek}. De reden: {reden}. Sorry voor het wachten.",
        "Bedankt voor je geduld. Bestelling {nr} ligt {plek}; {reden}.",
      ],
      followUps: [
        [
          "Ik wil mijn geld terug.",
          "Dat kan. Vanwege de vertraging annuleer je gratis; het duurt drie tot vijf dagen.",
        ],
        ["Kan het op mijn werk bezorgd worden?", "Ja, zolang het niet geladen is. Staat genoteerd."],
      ],
    },
    "plan-city-trip": {
      scenes: [
        { stad: "Lissabon", een: "de Alfama te voet", twee: "Belém", drie: "Sintra met de trein" },
        { stad: "Kopenhagen", een: "Nyhavn", twee: "museum Louisiana", drie: "Christianshavn op de fiets" },
        {
          stad: "Antwerpen",
          een: "het centraal station en de Meir",
          twee: "het MAS en het Eilandje",
          drie: "Zurenborg",
        },
      ],
      slots: {
        dagen: ["drie dagen", "een lang weekend", "vier dagen"],
        met: ["twee kinderen", "mijn ouders", "een vriendin"],
        stijl: ["niet te duur", "rustig aan", "niet te toeristisch"],
      },
      requests: [
        "Kun je een plan maken voor {dagen} {stad}? {^stijl} graag.",
        "We gaan {dagen} naar {stad} met {met}. Wat mogen we niet missen?",
        "In welke wijk van {stad} kun je het best slapen? We blijven {dagen}.",
        "Ik wil {stad} zien in {dagen}, {stijl}. Ideeën?",
      ],
      terse: ["{stad} {dagen} tips"],
      details: ["We willen geen auto huren.", "We houden van markten."],
      replies: [
        "Dag 1: {een}.\nDag 2: {twee}.\nDag 3: {drie}.",
        "Ik zou beginnen met {een}, dan {twee}, en {drie} bewaren voor het eind.",
      ],
      followUps: [
        ["En als het regent?", "Ruil het buitenstuk voor een museum of een markthal."],
        ["Waar eten we goed?", "Een straat verder dan het grote plein."],
      ],
    },
    "vegetarian-week-plan": {
      scenes: [
        {
          voor: "twee personen",
          ma: "linzenbolognese",
          di: "groentecurry",
          wo: "preiquiche",
          do: "bonenchili",
          vr: "pizza met paprika",
        },
        {
          voor: "een gezin van vier",
          ma: "pasta met spinazie",
          di: "gepofte aardappels",
          wo: "nasi met ei",
          do: "rode linzensoep",
          vr: "wraps",
        },
      ],
      slots: {
        grens: ["binnen een half uur", "met een klein budget", "zonder champignons", "met veel eiwit"],
      },
      requests: [
        "Kun je een vegetarisch weekmenu maken voor {voor}, {grens}?",
        "Wat koken we deze week zonder vlees? Het is voor {voor}, {grens}.",
        "Onze dochter is vegetariër geworden. Ik zoek vijf avondmaaltijden {grens}.",
        "Ik zoek vegetarische ideeën {grens}, met boodschappenlijst.",
      ],
      terse: ["weekmenu vegetarisch {grens}"],
      details: ["Ik kook na het werk.", "Boodschappen doen we op zaterdag."],
      replies: [
        "Maandag: {ma}\nDinsdag: {di}\nWoensdag: {wo}\nDonderdag: {do}\nVrijdag: {vr}",
        "Wat dacht je van {ma}, {di}, {wo}, {do} en op vrijdag {vr}?",
      ],
      followUps: [
        [
          "Graag met boodschappenlijst.",
          "Uien, knoflook, wortels, een groente van het seizoen; peulvruchten, pasta, tomaten in blik; eieren, kaas, yoghurt.",
        ],
        ["Wat kan ik zondag voorbereiden?", "Kook de granen en maak de saus voor maandag."],
      ],
    },
    "household-budget": {
      known: ["lek"],
      scenes: [
        { netto: "2.300", huur: "950", rest: "1.350", lek: "bezorgmaaltijden" },
        { netto: "3.400", huur: "1.250", rest: "2.150", lek: "abonnementen" },
        { netto: "1.700", huur: "680", rest: "1.020", lek: "online aankopen" },
      ],
      slots: { doel: ["200 euro per maand sparen", "zonder rood staan rondkomen", "de vakantie betalen"] },
      requests: [
        "Kun je me helpen met een huishoudboekje? Ik verdien {netto}, de huur is {huur} en ik wil {doel}.",
        "Van {netto} euro blijft niets over. De huur is {huur}. Waar gaat het heen?",
        "Is {huur} huur te veel bij {netto} netto?",
        "Hoe verdeel ik {netto} euro als ik {doel} wil?",
      ],
      terse: ["budget {netto} per maand"],
      details: ["Schulden heb ik niet.", "Ik vermoed dat het aan {lek} ligt."],
      replies: [
        "Na de huur houd je {rest} over. Zet het bedrag weg op de dag dat je salaris komt. Kijk eerst naar {lek}.",
        "Drie potjes zijn genoeg: vast, later en vrij. Het grootste lek is vaak dit: {lek}.",
      ],
      followUps: [
        ["En jaarlijkse rekeningen?", "Optellen, delen door twaalf en elke maand opzijzetten."],
        ["Na twee weken stop ik altijd.", "Minder categorieën: drie is genoeg."],
      ],
    },
    "workout-plan": {
      scenes: [
        {
          doel: "wat spieren opbouwen",
          spul: "twee dumbbells",
          a: "squats, roeien, opdrukken",
          b: "uitvalspassen, schouders, plank",
        },
        {
          doel: "van mijn rugpijn af",
          spul: "een matje",
          a: "bruggetje en kat-koe",
          b: "roeien met een handdoek en rekken",
        },
      ],
      slots: {
        vaak: ["twee keer per week", "drie keer per week", "twintig minuten per dag"],
        maar: ["mijn knie is niet goed", "ik verveel me snel", "ik werk in ploegen"],
      },
      requests: [
        "Kun je een trainingsschema maken? Ik wil {doel}, {vaak}, en heb {spul}.",
        "Ik wil {doel}, maar {maar}. Welke oefeningen doe ik?",
        "Is {vaak} genoeg? Ik wil {doel}.",
        "Ik zoek een routine voor thuis met {spul}. {^maar}.",
      ],
      terse: ["trainingsschema {vaak}"],
      details: ["Ik hou niet van sportscholen.", "Volhouden is mijn zwakke punt."],
      replies: [
        "Dag A: {a}. Dag B: {b}. Begin rustig.",
        "{^vaak} is prima. Wissel af: {a}, dan {b}. Stop als het pijn doet.",
      ],
      followUps: [
        ["Wat moet ik eten?", "Niets bijzonders: eiwit bij elke maaltijd, groente en slaap."],
        ["Ik heb vreselijke spierpijn.", "Te veel in één keer. Twee dagen rust, dan de helft."],
      ],
    },
    "spreadsheet-formula": {
      scenes: [
        {
          taak: "alleen de omzet van één regio op te tellen",
          formule: '=SOM.ALS(B:B;"Noord";D:D)',
          let: "een spatie te veel verhindert de match",
        },
        {
          taak: "een prijs uit een ander blad te halen",
          formule: "=X.ZOEKEN(A2;Prijzen!A:A;Prijzen!C:C)",
          let: "getallen die als tekst zijn opgeslagen, worden niet gevonden",
        },
      ],
      slots: { app: ["Excel", "Google Spreadsheets", "LibreOffice"], fout: ["#N/B", "#WAARDE!", "nul"] },
      requests: [
        "Welke formule heb ik in {app} nodig om {taak}?",
        "Ik probeer in {app} {taak} en krijg {fout}. Wat doe ik fout?",
        "Is het in {app} mogelijk om {taak} zonder macro?",
        "Elke maand doe ik dit met de hand. Hoe lukt het me om {taak}?",
      ],
      terse: ["{app} formule om {taak}"],
      details: ["Het zijn zo'n 40.000 rijen.", "Ik heb de Nederlandse versie."],
      replies: [
        "Gebruik deze:\n\n{formule}\n\nLet op: {let}.",
        "Dit werkt: {formule}. Gaat het mis, dan is het vaak dit: {let}.",
      ],
      followUps: [
        ["Ik krijg {fout}.", "Meestal komt het hierdoor: {let}."],
        ["Hoe zet ik het bereik vast?", "Met dollartekens: $B$2:$B$50. F4 wisselt."],
      ],
    },
    "home-wifi-trouble": {
      scenes: [
        {
          klacht: "het signaal komt niet tot in de slaapkamer",
          reden: "twee dikke muren en een router op de vloer",
          tip: "zet hem hoog en centraal",
        },
        {
          klacht: "videobellen hapert elke avond",
          reden: "de buren zitten op hetzelfde kanaal",
          tip: "kies 5 GHz of een ander kanaal",
        },
        {
          klacht: "het internet valt om de paar uur weg",
          reden: "oude firmware of een losse stekker",
          tip: "werk hem bij en controleer de kabels",
        },
      ],
      slots: { gedaan: ["opnieuw opgestart", "een repeater geprobeerd", "de helpdesk gebeld"] },
      requests: [
        "Mijn wifi maakt me gek: {klacht}. Wat kan ik doen?",
        "Ik heb alles al {gedaan}, maar {klacht}. En nu?",
        "Heb ik een nieuwe router nodig? Het probleem: {klacht}.",
        "Wat kan de oorzaak zijn? {^klacht}.",
      ],
      terse: ["wifi {klacht}"],
      details: ["We wonen op drie verdiepingen.", "Ik werk thuis."],
      replies: [
        "Waarschijnlijk {reden}. Probeer dit: {tip}.",
        "Test het eens met een kabel. Gaat het dan goed, dan ligt het aan het volgende: {reden}. {^tip}.",
      ],
      followUps: [
        ["Mesh of repeater?", "Mesh, als je rondloopt met je apparaten."],
        ["Het werkt!", "Mooi. Schrijf op wat je veranderd hebt."],
      ],
    },
    "salary-negotiation": {
      scenes: [
        { geval: "ik verdien minder dan een nieuwe collega", punt: "wat je zelf levert" },
        { geval: "ik heb al drie jaar geen verhoging gehad", punt: "hoe je taken zijn gegroeid" },
        { geval: "ik heb een aanbod van een concurrent", punt: "dat je liever blijft" },
      ],
      slots: {
        pct: ["5 %", "8 %", "10 %"],
        ik: ["ik haat onderhandelen", "ik geef te snel toe", "mijn gesprek is volgende week"],
      },
      requests: [
        "Hoe vraag ik om opslag? {^geval}.",
        "{^geval}. Is {pct} erbij redelijk?",
        "Kun je me helpen met een salarisgesprek? {^ik}.",
        "Wat zeg ik tegen mijn baas? {^geval}, en {ik}.",
      ],
      terse: ["opslag vragen {pct}"],
      details: ["{^ik}.", "Verder vind ik het werk leuk."],
      replies: [
        "Baseer het op {punt}. Zeg je eerste zin en wees dan stil.",
        "Schrijf drie resultaten op met cijfers. Je sterkste punt is {punt}.",
      ],
      followUps: [
        ["En als hij nee zegt?", "Vraag wat er nodig is voor een ja, en wanneer."],
        ["Is dat niet te brutaal?", "Nee. Je noemt feiten en stelt een vraag."],
      ],
    },
    "appeal-parking-fine": {
      scenes: [
        { geval: "ik stond zes minuten te lossen", grond: "lossen mocht daar", bewijs: "de bon met de tijd" },
        {
          geval: "het bord hing achter een boom",
          grond: "een bord dat je niet kunt zien, bindt niet",
          bewijs: "een foto vanaf de bestuurdersstoel",
        },
        {
          geval: "de app liep vast tijdens het betalen",
          grond: "je hebt geprobeerd te betalen",
          bewijs: "een schermafbeelding",
        },
      ],
      slots: { bedrag: ["72 euro", "35 euro", "58 euro"] },
      requests: [
        "Ik kreeg een parkeerboete van {bedrag}, maar {geval}. Kan ik bezwaar maken?",
        "Hoe maak ik bezwaar tegen een boete van {bedrag}? {^geval}.",
        "Kun je een bezwaarschrift schrijven? {^geval}, en de boete is {bedrag}.",
        "Is bezwaar de moeite waard bij {bedrag}? {^geval}.",
      ],
      terse: ["bezwaar parkeerboete {bedrag}"],
      details: ["Ik heb foto's.", "De brief kwam na vijf weken."],
      replies: [
        "Je hebt een punt: {grond}. Voeg {bewijs} toe en schrijf binnen de termijn.",
        'Concept: "Ik maak bezwaar tegen de boete van {bedrag}. Als bewijs stuur ik {bewijs} mee."',
      ],
      followUps: [
        ["Moet ik eerst betalen?", "Meestal niet; bezwaar schort de betaling op. Kijk op de brief."],
        ["Ze antwoorden niet.", "Vraag nog eens schriftelijk en bewaar het bewijs."],
      ],
    },
    "paint-and-prepare-walls": {
      scenes: [
        { kamer: "de slaapkamer", staat: "oud structuurbehang", werk: "kijk of het goed vastzit" },
        {
          kamer: "de badkamer",
          staat: "donkere plekken in de hoek",
          werk: "zoek eerst de oorzaak van het vocht",
        },
        { kamer: "de gang", staat: "kleine gaatjes", werk: "vullen, laten drogen en schuren" },
      ],
      slots: { kleur: ["warm wit", "donkergroen", "terracotta"] },
      requests: [
        "Hoe bereid ik {kamer} voor op het schilderen? Er zit {staat}.",
        "Welke verf gebruik ik voor {kamer}? Ik wil {kleur}.",
        "Kan ik over {staat} heen schilderen?",
        "Ik wil {kamer} {kleur} schilderen. Hoeveel lagen heb ik nodig?",
      ],
      terse: ["{kamer} schilderen {kleur}"],
      details: ["Het is mijn eerste keer.", "We huren."],
      replies: [
        "Eerst: {werk}. Daarna twee lagen {kleur}.",
        "Voorbereiding is tweederde van het werk: {werk}.",
      ],
      followUps: [
        ["Hoe lang wacht ik tussen de lagen?", "Vier tot zes uur."],
        ["Kwast of roller?", "Een kwast voor de randen, een roller voor de rest."],
      ],
    },
  },
};
