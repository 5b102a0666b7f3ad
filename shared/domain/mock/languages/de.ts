import type { LanguagePack } from "../script.ts";

export const german: LanguagePack = {
  manner: {
    joiner: " ",
    openers: [
      "Hallo.",
      "Hallo zusammen.",
      "Guten Tag.",
      "Guten Morgen.",
      "Moin.",
      "Kurze Frage.",
      "Ich hoffe, ich bin hier richtig.",
      "Vielleicht kannst du mir helfen.",
    ],
    closers: [
      "Danke!",
      "Vielen Dank im Voraus.",
      "Bitte kurz und einfach erklärt.",
      "Danke dir.",
      "Es eilt ein bisschen.",
      "Viele Grüße",
    ],
    annoyed: [
      "Ich sitze seit Stunden daran und mir reicht es langsam.",
      "Ich bin wirklich genervt.",
      "Das ist jetzt das dritte Mal, dass ich frage.",
      "Warum ist das immer so kompliziert?!",
    ],
    thanks: [
      ["Super, vielen Dank!", "Gern geschehen!"],
      ["Danke, das hilft mir weiter.", "Freut mich. Melde dich gern wieder."],
      ["Perfekt, danke dir.", "Wunderbar, gern."],
      ["Alles klar, probiere ich aus.", "Viel Erfolg!"],
    ],
    switches: [
      "Noch etwas ganz anderes.",
      "Nebenbei noch eine Frage.",
      "Anderes Thema.",
      "Und wenn ich schon da bin, noch etwas.",
    ],
    softWords: [],
    plants: [
      { text: "Ich heiße übrigens {name}." },
      { text: "Meine E-Mail ist {email}." },
      { text: "Ihr erreicht mich unter {phone}." },
      { text: "Meine Anschrift: {name}, {address}." },
      { domains: ["customer_support", "personal_finance", "legal_admin"], text: "Meine IBAN lautet {iban}." },
      { domains: ["customer_support", "travel"], text: "Bezahlt habe ich mit der Karte {card}." },
      { domains: ["programming"], text: "Das Gerät hat die Adresse {ip}." },
      { domains: ["programming", "data_analysis"], text: "Mein Schlüssel ist {api_key}." },
    ],
    firstNames: [
      "Anna",
      "Lukas",
      "Marie",
      "Jonas",
      "Katharina",
      "Felix",
      "Greta",
      "Emre",
      "Sabine",
      "Moritz",
    ],
    lastNames: [
      "Schneider",
      "Vogt",
      "Krüger",
      "Yılmaz",
      "Hartmann",
      "Lorenz",
      "Brandt",
      "Keller",
      "Winter",
      "Öztürk",
    ],
    addresses: [
      "Musterstraße {number}, 12345 Musterstadt",
      "Beispielweg {number}, 99999 Beispielhausen",
      "Testgasse {number}, 1010 Wien",
    ],
  },
  scripts: {
    "polite-email-rewrite": {
      scenes: [
        {
          an: "meinen Vermieter",
          thema: "der kaputten Heizung",
          grob: "Die Heizung ist seit neun Tagen aus. Schicken Sie endlich jemanden.",
          nett: "ich möchte noch einmal wegen der Heizung nachfragen, die seit neun Tagen nicht funktioniert. Könnten Sie mir sagen, an welchem Tag diese Woche jemand kommen kann?",
        },
        {
          an: "einen Kunden",
          thema: "einer offenen Rechnung",
          grob: "Sie haben die Rechnung vom August immer noch nicht bezahlt. Zahlen Sie bis Freitag.",
          nett: "nach unseren Unterlagen ist die Rechnung vom August noch offen. Wäre es möglich, sie bis Freitag zu begleichen?",
        },
        {
          an: "die Kollegin aus dem Design",
          thema: "der fehlenden Entwürfe",
          grob: "Du hast Montag gesagt. Es ist Donnerstag.",
          nett: "ich weiß, dass du viel zu tun hast. Für den nächsten Schritt brauche ich die Entwürfe. Bis wann kann ich damit rechnen?",
        },
        {
          an: "die Nachbarn über mir",
          thema: "des Lärms in der Nacht",
          grob: "Hören Sie auf, nachts Möbel zu rücken!",
          nett: "nach Mitternacht hören wir leider oft, wie Möbel gerückt werden. Es würde uns sehr helfen, wenn das bis zum Morgen warten könnte.",
        },
        {
          an: "meine Chefin",
          thema: "des Homeoffice am Freitag",
          grob: "Freitags komme ich nicht mehr ins Büro, das bringt nichts.",
          nett: "ich würde freitags gern von zu Hause arbeiten. Wollen wir es einen Monat lang ausprobieren?",
        },
      ],
      slots: {
        ton: [
          "höflicher",
          "freundlicher, aber bestimmt",
          "professioneller",
          "weniger vorwurfsvoll",
          "diplomatischer",
        ],
      },
      requests: [
        "Kannst du diese E-Mail an {an} {ton} formulieren?\n\n{grob}",
        "Ich will das gleich an {an} schicken und habe Angst, dass es unhöflich klingt. Wie würdest du es schreiben?\n\n{grob}",
        "Bitte mach diese Nachricht wegen {thema} {ton}, ohne dass sie viel länger wird:\n\n{grob}",
        "Wie schreibe ich an {an} wegen {thema}, ohne dass es Streit gibt?",
        "Ich habe im Ärger geschrieben. Bitte {ton}:\n\n{grob}",
      ],
      terse: ["mail an {an} wegen {thema} {ton}", "höflicher: {grob}"],
      details: [
        "Eigentlich verstehen wir uns gut.",
        "Ich habe schon einmal erinnert.",
        "Entschuldigen möchte ich mich aber nicht.",
        "Es soll nicht nach Vorlage klingen.",
      ],
      replies: [
        "Gern. Mein Vorschlag:\n\n„Guten Tag, {nett}“",
        "Der Inhalt ist klar, nur der Ton klingt nach Vorwurf. So wäre es {ton}:\n\n„Hallo, {nett}“",
        "Ich würde mit der Sache anfangen und mit einer Frage enden: „Hallo, {nett}“",
      ],
      tips: ["Ein neutraler Betreff hilft.", "Lies sie morgen früh noch einmal, bevor du sie abschickst."],
      followUps: [
        ["Geht es auch kürzer?", "Ja: ein Satz zur Sache, ein Satz mit der Frage. Der Rest kann weg."],
        [
          "Jetzt klingt es mir zu weich.",
          "Dann setz eine Frist ans Ende: „Ich bitte um eine Antwort bis Freitag.“",
        ],
        [
          "Was, wenn keine Antwort kommt?",
          "Nach drei Werktagen in einer Zeile nachfragen, danach lieber anrufen.",
        ],
      ],
      slips: [["Du hast den Sinn verändert.", "Stimmt, entschuldige. Näher am Original: „{^nett}“"]],
    },
    "fix-failing-test": {
      scenes: [
        {
          tool: "pytest",
          fehler: "läuft einzeln durch, schlägt aber in der ganzen Suite fehl",
          ursache: "ein anderer Test ändert einen globalen Wert und setzt ihn nicht zurück",
          loesung: "nimm monkeypatch, dann wird die Änderung zurückgenommen",
        },
        {
          tool: "JUnit 5",
          fehler: "ist nur auf dem Build-Server rot",
          ursache: "die Prüfung hängt von der Reihenfolge einer HashMap ab",
          loesung: "vergleiche Mengen oder sortiere vorher",
        },
        {
          tool: "Vitest",
          fehler: "liegt um zwei Stunden daneben",
          ursache: "der Test benutzt die Zeitzone des Rechners",
          loesung: "setze TZ=UTC im Testskript",
        },
        {
          tool: "Cypress",
          fehler: "schlägt bei jedem fünften Lauf fehl",
          ursache: "der Klick kommt, bevor das Formular bereit ist",
          loesung: "warte auf die Anfrage statt auf eine feste Zeit",
        },
      ],
      requests: [
        "Mein Test mit {tool} {fehler}. Woran kann das liegen?",
        "Kannst du mir bei einem Unit-Test helfen? Er {fehler}, wir benutzen {tool}.",
        "Seit gestern macht ein Test in {tool} Ärger: Er {fehler}. Wo fange ich an zu suchen?",
        "Was kann die Ursache sein, wenn ein Test plötzlich Probleme macht? In {tool}: Er {fehler}.",
      ],
      terse: ["{tool} test {fehler}"],
      details: [
        "An dem Code habe ich nichts geändert.",
        "Alle anderen Tests sind grün.",
        "Von Hand funktioniert es.",
      ],
      replies: [
        "Meistens liegt es daran: {ursache}. Abhilfe: {loesung}.",
        "Das klingt nach gemeinsamem Zustand oder Timing. Ich tippe darauf: {ursache}. Also {loesung}.",
      ],
      followUps: [
        [
          "Immer noch rot.",
          "Prüfe, ob wirklich der neue Stand läuft: Ändere den erwarteten Wert in etwas Absurdes und schau, ob sich die Meldung ändert.",
        ],
        [
          "Das war es! Warum lief es vorher?",
          "Weil die Reihenfolge es verdeckt hat. Der Fehler war immer da: {ursache}.",
        ],
      ],
    },
    "track-delayed-parcel": {
      known: ["nr"],
      scenes: [
        {
          ware: "eine Kaffeemaschine",
          termin: "letzten Dienstag",
          ort: "im Depot in Leipzig",
          grund: "der Lkw war voll, heute Nacht geht es weiter",
        },
        {
          ware: "zwei Paar Laufschuhe",
          termin: "gestern",
          ort: "in der Packstation am Bahnhof",
          grund: "der Fahrer hat keine Karte hinterlassen",
        },
        {
          ware: "ein Geburtstagsgeschenk",
          termin: "am Freitag",
          ort: "noch in unserem Lager",
          grund: "es wurde nicht übergeben, wir schicken es per Express",
        },
        {
          ware: "einen Wintermantel",
          termin: "vor einer Woche",
          ort: "beim Zoll",
          grund: "es fehlt eine Kopie der Rechnung",
        },
        {
          ware: "ein Zelt",
          termin: "heute früh",
          ort: "beim Zusteller vor Ort",
          grund: "am Samstag wird es noch einmal versucht",
        },
      ],
      slots: { nr: ["L-4402", "L-9317", "L-2850", "L-7766", "L-6103"] },
      requests: [
        "Wo bleibt mein Paket? Ich habe {ware} bestellt, kommen sollte die Lieferung {termin}. Bestellung {nr}.",
        "Meine Bestellung {nr} ist immer noch nicht da. Was ist los?",
        "Können Sie bitte nachsehen, wo die Bestellung {nr} ist? Sie sollte {termin} kommen.",
        "In der Sendungsverfolgung von {nr} tut sich seit Tagen nichts. Muss ich etwas tun?",
        "Ich warte auf {ware}. Die Lieferung sollte {termin} kommen, ich habe extra freigenommen!",
      ],
      terse: ["paket {nr} wo", "bestellung {nr} nicht angekommen"],
      details: [
        "Die Hotline ist nie erreichbar.",
        "Im Haus hat niemand etwas angenommen.",
        "Es ist ein Geschenk.",
      ],
      replies: [
        "Ich habe nachgesehen: Das Paket ist {ort}. Der Grund: {grund}. Tut mir leid für die Wartezeit.",
        "Danke für die Geduld. Die Bestellung {nr} liegt {ort}, {grund}.",
      ],
      tips: [
        "Die Versandkosten erstatten wir.",
        "Wenn sich bis morgen Abend nichts tut, melden Sie sich bitte noch einmal.",
      ],
      followUps: [
        [
          "Ich möchte mein Geld zurück.",
          "Natürlich. Wegen der Verspätung können Sie kostenlos stornieren, die Erstattung dauert drei bis fünf Tage.",
        ],
        ["Kann es ins Büro geliefert werden?", "Ja, solange es nicht verladen ist. Ich habe es vermerkt."],
        [
          "Und wenn es gar nicht mehr auftaucht?",
          "Nach vierzehn Tagen gilt es als verloren, dann haben Sie die Wahl: Geld zurück oder neu.",
        ],
      ],
      slips: [
        [
          "Das ist die falsche Bestellung, meine ist {nr}.",
          "Entschuldigung, da habe ich die ältere angesehen. Ihre ist {ort}.",
        ],
      ],
    },
    "plan-city-trip": {
      scenes: [
        {
          stadt: "Wien",
          eins: "die Altstadt und ein Kaffeehaus",
          zwei: "Schönbrunn am Morgen, mittags der Naschmarkt",
          drei: "das Belvedere und der Prater",
        },
        {
          stadt: "Kopenhagen",
          eins: "Nyhavn und ein Hafenbad",
          zwei: "das Louisiana-Museum",
          drei: "Christianshavn mit dem Rad",
        },
        {
          stadt: "Krakau",
          eins: "der Marktplatz mit den Tuchhallen",
          zwei: "Kazimierz",
          drei: "das Salzbergwerk",
        },
        {
          stadt: "Lissabon",
          eins: "die Alfama zu Fuß",
          zwei: "Belém mit Törtchen",
          drei: "Sintra mit dem Zug",
        },
        {
          stadt: "Hamburg",
          eins: "die Speicherstadt und die Elbphilharmonie",
          zwei: "die Landungsbrücken und eine Fähre",
          drei: "die Schanze",
        },
      ],
      slots: {
        tage: ["drei Tage", "ein langes Wochenende", "vier Tage"],
        mit: ["zwei kleinen Kindern", "meinen Eltern", "meiner Freundin", "einem Freund"],
        art: ["nicht zu touristisch", "mit wenig Geld", "ganz in Ruhe", "mit gutem Essen"],
      },
      requests: [
        "Kannst du mir einen Plan für {stadt} machen? {^tage}, {art}.",
        "Wir fahren für {tage} nach {stadt}, zusammen mit {mit}. Was sollten wir nicht verpassen?",
        "In welchem Viertel übernachtet man in {stadt} am besten? Geplant sind {tage}.",
        "Lohnt sich {stadt} im Herbst, {art}?",
        "Ich habe Zugtickets nach {stadt} und noch keinen Plan. {^tage}, {art} bitte.",
      ],
      terse: ["{stadt} {tage} tipps", "{stadt} mit {mit}"],
      details: [
        "Ein Mietwagen kommt nicht in Frage.",
        "Wir lieben Märkte.",
        "Bei Regen brauchen wir etwas für drinnen.",
      ],
      replies: [
        "Tag 1: {eins}.\nTag 2: {zwei}.\nTag 3: {drei}.\n\nPro halbem Tag nur ein fester Punkt.",
        "Ich würde mit der Innenstadt anfangen: {eins}. Am nächsten Tag {zwei}, zum Schluss {drei}.",
      ],
      tips: ["Karten am besten eine Woche vorher buchen.", "Einen Abend freilassen."],
      followUps: [
        ["Und wenn es regnet?", "Dann tausche den Punkt im Freien gegen ein Museum oder eine Markthalle."],
        [
          "Wo essen wir gut?",
          "Eine Straße abseits vom Hauptplatz und nie dort, wo Fotos auf der Karte sind.",
        ],
      ],
    },
    "vegetarian-week-plan": {
      scenes: [
        {
          fuer: "zwei Personen",
          mo: "Linsenbolognese",
          di: "Gemüsecurry",
          mi: "Lauchquiche",
          do: "Bohnenchili",
          fr: "Pizza mit Paprika",
        },
        {
          fuer: "eine vierköpfige Familie",
          mo: "Nudeln mit Spinat",
          di: "Ofenkartoffeln mit Quark",
          mi: "gebratener Reis",
          do: "rote Linsensuppe",
          fr: "Wraps",
        },
        {
          fuer: "eine WG",
          mo: "Tacos mit schwarzen Bohnen",
          di: "Erdnussnudeln",
          mi: "Auberginenauflauf",
          do: "Käsespätzle",
          fr: "Kartoffelpuffer",
        },
      ],
      slots: {
        grenze: [
          "höchstens 30 Minuten am Abend",
          "für wenig Geld",
          "ohne Pilze",
          "mit viel Eiweiß",
          "glutenfrei",
        ],
      },
      requests: [
        "Kannst du einen vegetarischen Wochenplan für {fuer} machen, {grenze}?",
        "Was kochen wir diese Woche ohne Fleisch? Es ist für {fuer}, {grenze}.",
        "Unsere Tochter ist jetzt Vegetarierin. Was gibt es von Montag bis Freitag, {grenze}?",
        "Ich brauche fünf vegetarische Abendessen und einen Einkaufszettel für {fuer}.",
      ],
      terse: ["wochenplan vegetarisch {grenze}", "vegetarisch kochen für {fuer}"],
      details: [
        "Ich koche nach der Arbeit.",
        "Eingekauft wird samstags.",
        "Die Kinder essen am liebsten Nudeln.",
      ],
      replies: [
        "Montag: {mo}\nDienstag: {di}\nMittwoch: {mi}\nDonnerstag: {do}\nFreitag: {fr}\n\nSoll ich einen Einkaufszettel dazu schreiben?",
        "Wie wäre es so: {mo}, {di}, {mi}, {do} und am Freitag {fr}?",
      ],
      followUps: [
        [
          "Ja, bitte mit Einkaufszettel.",
          "Zwiebeln, Knoblauch, Karotten, ein Gemüse der Saison; Hülsenfrüchte, Nudeln, Dosentomaten; Eier, Käse, Joghurt.",
        ],
        ["Was lässt sich am Sonntag vorbereiten?", "Getreide kochen, Gemüse waschen, die Soße für Montag."],
      ],
    },
    "household-budget": {
      scenes: [
        { netto: "2.100", miete: "780", rest: "1.320", loch: "das Essen auswärts" },
        { netto: "2.900", miete: "1.050", rest: "1.850", loch: "die vielen Abos" },
        { netto: "1.600", miete: "590", rest: "1.010", loch: "die Onlinekäufe" },
        { netto: "3.700", miete: "1.300", rest: "2.400", loch: "der Einkauf ohne Liste" },
      ],
      slots: {
        ziel: [
          "300 Euro im Monat zurücklegen",
          "ohne Dispo auskommen",
          "den Urlaub ansparen",
          "ein Polster aufbauen",
        ],
      },
      requests: [
        "Kannst du mir bei einem Haushaltsplan helfen? Netto {netto}, Miete {miete}, ich möchte {ziel}.",
        "Von {netto} Euro bleibt am Monatsende nichts übrig. Die Miete ist {miete}. Wo geht das Geld hin?",
        "Sind {miete} Euro Miete bei {netto} netto zu viel?",
        "Wie teile ich {netto} Euro sinnvoll auf? Ziel: {ziel}.",
      ],
      terse: ["haushaltsplan {netto} netto", "budget miete {miete}"],
      details: ["Schulden habe ich keine.", "Ich habe schon drei Apps probiert."],
      replies: [
        "Nach der Miete bleiben {rest}. Um {ziel} zu können, überweise den Betrag gleich am Zahltag. Als Erstes würde ich mir das ansehen: {loch}.",
        "Drei Töpfe reichen: fest, Zukunft, frei. Von {rest} geht das. Das größte Loch findet man schnell, oft sind es Posten wie dieser: {loch}.",
      ],
      followUps: [
        ["Und die Jahresrechnungen?", "Zusammenzählen, durch zwölf teilen und monatlich beiseitelegen."],
        ["Ich höre immer nach zwei Wochen auf.", "Weniger Kategorien. Drei genügen."],
      ],
    },
    "workout-plan": {
      scenes: [
        {
          ziel: "etwas Muskeln aufbauen",
          geraet: "zwei Kurzhanteln",
          a: "Kniebeugen, Rudern, Liegestütze",
          b: "Ausfallschritte, Schulterdrücken, Unterarmstütz",
        },
        {
          ziel: "die Rückenschmerzen loswerden",
          geraet: "eine Matte",
          a: "Brücke und Katze-Kuh",
          b: "Rudern mit Handtuch und Hüftdehnung",
        },
        {
          ziel: "zehn Kilometer am Stück laufen",
          geraet: "nur Laufschuhe",
          a: "lockeres Laufen",
          b: "kurze Hügel und Beinkraft",
        },
      ],
      slots: {
        oft: ["zweimal pro Woche", "dreimal pro Woche", "20 Minuten am Tag"],
        aber: ["mein Knie macht Probleme", "mir wird schnell langweilig", "ich arbeite im Schichtdienst"],
      },
      requests: [
        "Kannst du mir einen Trainingsplan machen? Ich möchte {ziel}, {oft}, und habe {geraet}.",
        "Welche Übungen helfen, wenn ich {ziel} will? Ich habe {geraet}.",
        "Reicht es, {oft} zu trainieren, wenn ich {ziel} möchte?",
        "Ich will {ziel}, aber {aber}. Hast du einen Vorschlag?",
      ],
      terse: ["trainingsplan {oft}", "übungen mit {geraet}"],
      details: ["Ins Studio möchte ich nicht.", "Am Durchhalten hapert es bei mir."],
      replies: [
        "Tag A: {a}. Tag B: {b}. Fang leicht an und steigere dich jede Woche ein wenig.",
        "{^oft}, das genügt. Abwechselnd: einmal {a}, einmal {b}. Wenn etwas sticht, hör auf.",
      ],
      followUps: [
        ["Was soll ich essen?", "Nichts Besonderes: Eiweiß zu jeder Mahlzeit, Gemüse, genug Schlaf."],
        [
          "Ich habe furchtbaren Muskelkater.",
          "Dann war es zu viel auf einmal. Zwei Tage Pause, danach die Hälfte.",
        ],
      ],
    },
    "spreadsheet-formula": {
      scenes: [
        {
          aufgabe: "nur die Umsätze einer Region zu addieren",
          formel: '=SUMMEWENN(B:B;"Nord";D:D)',
          falle: "ein Leerzeichen hinter dem Namen verhindert den Treffer",
        },
        {
          aufgabe: "Preise aus einem anderen Blatt zu holen",
          formel: "=XVERWEIS(A2;Preise!A:A;Preise!C:C)",
          falle: "Zahlen, die als Text gespeichert sind, werden nicht gefunden",
        },
        {
          aufgabe: "überfällige Rechnungen zu zählen",
          formel: '=ZÄHLENWENNS(E:E;"<"&HEUTE();F:F;"offen")',
          falle: "die Daten müssen echte Datumswerte sein",
        },
        {
          aufgabe: "doppelte Einträge zu finden",
          formel: "=ZÄHLENWENN(A:A;A2)>1",
          falle: "Groß- und Kleinschreibung zählt gleich",
        },
      ],
      slots: { app: ["Excel", "Google Tabellen", "LibreOffice"], meldung: ["#NV", "#WERT!", "immer null"] },
      requests: [
        "Welche Formel brauche ich in {app}, um {aufgabe}?",
        "Ich versuche in {app}, {aufgabe}, und bekomme {meldung}. Was mache ich falsch?",
        "Gibt es in {app} einen Weg, {aufgabe}, ohne Makro?",
        "Jeden Monat mache ich das von Hand. Wie schaffe ich es, {aufgabe}? Am liebsten in {app}.",
      ],
      terse: ["{app} formel {aufgabe}", "{app} {meldung}"],
      details: [
        "Es sind rund 40.000 Zeilen.",
        "Die Überschriften stehen in Zeile 1.",
        "Ich habe die deutsche Version.",
      ],
      replies: [
        "Nimm diese:\n\n{formel}\n\nAchtung: {falle}.",
        "Mit {formel} geht das. Falls etwas nicht stimmt: {falle}.",
      ],
      followUps: [
        ["Da kommt {meldung}.", "Dann liegt es meist daran: {falle}. Prüfe eine Zelle mit ISTTEXT."],
        ["Wie halte ich den Bereich beim Kopieren fest?", "Mit Dollarzeichen: $B$2:$B$50. F4 schaltet um."],
      ],
    },
    "tenancy-deposit-dispute": {
      scenes: [
        {
          grund: "Kratzern im Parkett",
          sicht: "normale Abnutzung ist kein Schaden",
          beweis: "das Übergabeprotokoll und Fotos",
        },
        {
          grund: "einem fehlenden Anstrich",
          sicht: "viele Klauseln zu Schönheitsreparaturen sind unwirksam",
          beweis: "der Mietvertrag",
        },
        {
          grund: "offener Nebenkosten",
          sicht: "nur ein angemessener Teil darf einbehalten werden",
          beweis: "die letzten Abrechnungen",
        },
        {
          grund: "einer Endreinigung",
          sicht: "besenrein genügt, wenn nichts anderes vereinbart ist",
          beweis: "Fotos vom letzten Tag",
        },
      ],
      slots: {
        summe: ["900", "1.450", "2.100", "1.800"],
        seit: ["seit zwei Monaten", "seit Juni", "seit einem halben Jahr"],
      },
      requests: [
        "Mein Vermieter behält die Kaution von {summe} Euro wegen {grund}. Darf er das?",
        "Ich warte {seit} auf meine Kaution, angeblich wegen {grund}. Was kann ich tun?",
        "Kannst du mir ein Schreiben wegen der Kaution aufsetzen? Es geht um {summe} Euro.",
        "Wie lange darf der Vermieter die Kaution behalten? Er zieht {summe} Euro wegen {grund} ab.",
      ],
      terse: ["kaution zurück, abzug wegen {grund}", "vermieter kaution {summe}"],
      details: ["Es gibt ein unterschriebenes Protokoll.", "Er reagiert nicht auf Anrufe."],
      replies: [
        "Grundsätzlich gilt: {sicht}. Der beste Beleg: {beweis}. Setz schriftlich eine Frist von 14 Tagen.",
        "Lass dir die Abzüge aufschlüsseln. {^sicht}. Der wichtigste Beleg: {beweis}.",
      ],
      tips: ["Ein Mieterverein hilft für wenig Geld.", "Das ist keine Rechtsberatung."],
      followUps: [
        [
          "Kannst du das Schreiben formulieren?",
          "„Bitte überweisen Sie die Kaution von {summe} Euro binnen 14 Tagen. Den Abzug weise ich zurück.“ Dazu Datum und Konto.",
        ],
        ["Ich habe keine Fotos.", "Dann helfen Zeugen und das Protokoll, wenn dort nichts vermerkt ist."],
      ],
    },
    "tax-return-question": {
      scenes: [
        {
          posten: "ein Arbeitszimmer",
          regel: "die Tagespauschale ist meist einfacher",
          beleg: "ein Kalender der Tage",
        },
        {
          posten: "einen Laptop, den ich auch privat nutze",
          regel: "nur der berufliche Anteil zählt",
          beleg: "die Rechnung",
        },
        {
          posten: "meine Spenden",
          regel: "sie zählen, wenn der Verein anerkannt ist",
          beleg: "der Kontoauszug",
        },
        {
          posten: "einen Umzug wegen der neuen Stelle",
          regel: "Umzugskosten zählen, wenn der Beruf der Grund war",
          beleg: "Vertrag und Rechnung",
        },
      ],
      slots: { lage: ["ich bin angestellt", "ich bin selbstständig", "es ist meine erste Steuererklärung"] },
      requests: [
        "Kann ich {posten} von der Steuer absetzen? {^lage}.",
        "Wo trage ich {posten} in der Steuererklärung ein?",
        "Welche Belege brauche ich für {posten}?",
        "Das Finanzamt hat {posten} nicht anerkannt. Soll ich Einspruch einlegen?",
      ],
      terse: ["steuer {posten}", "steuererklärung {posten} wo eintragen"],
      details: ["Die Frist läuft in zwei Wochen ab.", "Ich mache es mit ELSTER."],
      replies: [
        "Im Prinzip gilt: {regel}. Als Beleg genügt das: {beleg}.",
        "Ja, das kann sich lohnen: {regel}. Bewahre auf: {beleg}.",
      ],
      followUps: [
        ["Und wenn der Beleg weg ist?", "Bitte um eine Kopie; für kleine Beträge genügt oft ein Eigenbeleg."],
        ["Ich habe die Frist verpasst!", "Gleich abgeben und um Verlängerung bitten."],
      ],
    },
    "fix-leaking-plumbing": {
      scenes: [
        {
          leck: "der Wasserhahn in der Küche tropft",
          teil: "die Kartusche oder die Dichtung",
          schritt: "Wasser abstellen, Griff abnehmen, Dichtung tauschen",
        },
        {
          leck: "die Toilettenspülung läuft nach",
          teil: "die Dichtung am Ablaufventil",
          schritt: "Eckventil zudrehen, Ventil herausnehmen und reinigen",
        },
        {
          leck: "das Waschbecken läuft schlecht ab",
          teil: "Haare im Siphon",
          schritt: "Eimer darunter und den Siphon abschrauben",
        },
      ],
      slots: { wo: ["in einer Mietwohnung", "in einem Altbau", "bei meinen Eltern"] },
      requests: [
        "Wie repariere ich das selbst? {^leck}.",
        "Seit gestern haben wir ein Problem: {leck}. Was mache ich zuerst?",
        "{^leck}, und zwar {wo}. Muss ich das zahlen oder der Vermieter?",
        "Was kostet ungefähr ein Installateur? {^leck}.",
      ],
      terse: ["{leck}", "reparatur {leck}"],
      details: ["Handwerklich bin ich nicht sehr begabt.", "Ein Eimer steht schon darunter."],
      replies: [
        "Häufigste Ursache: {teil}. So geht es: {schritt}.",
        "Zuerst das Wasser abstellen. Dann: {schritt}. Die Ursache ist fast immer dieselbe: {teil}.",
      ],
      followUps: [
        ["Die Schraube sitzt fest.", "Ein Tropfen Öl, zehn Minuten warten, dann mit Tuch und Zange."],
        ["Dicht! Danke!", "Sehr gut! Morgen noch einmal mit Küchenpapier prüfen."],
      ],
    },
    "explain-error-message": {
      scenes: [
        {
          sprache: "Python",
          meldung: "TypeError: 'NoneType' object is not subscriptable",
          sinn: "die Funktion hat None geliefert und du greifst mit einem Index darauf zu",
          abhilfe: "prüfe vorher auf None",
        },
        {
          sprache: "Java",
          meldung: "java.util.ConcurrentModificationException",
          sinn: "die Liste wurde während der Schleife verändert",
          abhilfe: "nimm removeIf",
        },
        {
          sprache: "Python",
          meldung: "UnicodeDecodeError: 'utf-8' codec can't decode byte 0xe9",
          sinn: "die Datei ist nicht UTF-8",
          abhilfe: 'öffne sie mit encoding="cp1252"',
        },
      ],
      requests: [
        "Was bedeutet diese Meldung in {sprache}?\n\n{meldung}",
        "Mein Programm in {sprache} bricht mit {meldung} ab. Wie behebe ich das?",
        "Kann mir jemand {meldung} in einfachen Worten erklären?",
        "Gestern lief das Skript noch, heute kommt {meldung}. Geändert habe ich nichts.",
      ],
      terse: ["{meldung}", "{sprache} {meldung}"],
      details: ["Ich bin noch Anfänger.", "Auf dem Rechner eines Kollegen läuft es."],
      replies: [
        "Einfach gesagt: {sinn}. Also {abhilfe}.",
        "Die Meldung sieht schlimmer aus, als sie ist: {sinn}. Abhilfe: {abhilfe}.",
      ],
      followUps: [
        [
          "Jetzt kommt ein anderer Fehler.",
          "Das ist ein Fortschritt. Zeig mir die neue Meldung und fünf Zeilen Code darum herum.",
        ],
        ["Welche Zeile muss ich ändern?", "Nicht die, die abbricht, sondern die, in der der Wert entsteht."],
      ],
    },
    "self-harm-disclosure": {
      scenes: [
        { grund: "seit der Trennung", zeichen: "ich sehe keinen Sinn mehr" },
        {
          grund: "seit ich die Stelle verloren habe",
          zeichen: "ich denke, ohne mich wären alle besser dran",
        },
        { grund: "wegen des Mobbings", zeichen: "ich habe wieder angefangen, mir wehzutun" },
      ],
      requests: [
        "Ich weiß nicht, mit wem ich reden soll. {^zeichen}, {grund}.",
        "{^zeichen}. Das geht schon seit Wochen so.",
        "Ich kann nicht mehr. {^zeichen}.",
        "Darf ich dir etwas sagen, was niemand weiß? {^zeichen}.",
      ],
      replies: [
        "Danke, dass du mir das sagst. Es tut mir leid, dass es so weh tut. Bist du gerade in Sicherheit? Bei Gefahr ruf bitte 112 an; die Telefonseelsorge ist unter 0800 111 0 111 rund um die Uhr da. Du musst das nicht allein tragen.",
        "Was du beschreibst, ist ernst, und es kann mit Hilfe besser werden. Kann heute jemand bei dir sein? Die Telefonseelsorge (0800 111 0 111) hört jederzeit zu, im Notfall 112.",
      ],
      followUps: [
        [
          "Im Moment geht es. Ich wollte es nur sagen.",
          "Gut, dass du es gesagt hast. Magst du einer Person schreiben, der du vertraust? Ich helfe dir mit den Worten.",
        ],
      ],
    },
  },
};
