import type { LanguagePack } from "../script.ts";

export const french: LanguagePack = {
  manner: {
    joiner: " ",
    openers: [
      "Bonjour,",
      "Bonsoir,",
      "Salut,",
      "Bonjour à tous.",
      "Petite question.",
      "J'aurais besoin d'un coup de main.",
      "Je ne sais pas trop par où commencer.",
    ],
    closers: [
      "Merci !",
      "Merci d'avance.",
      "Merci beaucoup.",
      "Expliquez-moi simplement, s'il vous plaît.",
      "Je suis un peu pressée.",
      "Bonne journée.",
    ],
    annoyed: [
      "Je suis dessus depuis des heures et je n'en peux plus.",
      "Franchement, j'en ai assez.",
      "C'est la troisième fois que je pose la question.",
      "Pourquoi est-ce toujours aussi compliqué ?!",
    ],
    thanks: [
      ["Parfait, merci beaucoup.", "Avec plaisir !"],
      ["Super, c'est exactement ce qu'il me fallait.", "Ravi d'avoir pu aider."],
      ["D'accord, je vais essayer.", "Bon courage, et revenez me dire si cela marche."],
      ["Merci, c'est plus clair.", "Tant mieux ! N'hésitez pas."],
    ],
    switches: [
      "Autre chose, sans aucun rapport.",
      "Au fait, encore une question.",
      "Et tant que j'y suis, une deuxième demande.",
      "Changement de sujet.",
    ],
    softWords: [
      "Je",
      "Mon",
      "Ma",
      "Mes",
      "Nous",
      "On",
      "Comment",
      "Est-ce",
      "Pouvez-vous",
      "Peux-tu",
      "Il",
      "Elle",
      "Le",
      "La",
      "Les",
      "Quel",
      "Quelle",
      "Quelles",
      "Que",
      "Où",
      "Pourquoi",
      "Depuis",
      "Avec",
      "Combien",
    ],
    plants: [
      { text: "Au fait, je m'appelle {name}." },
      { text: "Mon adresse e-mail est {email}." },
      { text: "Vous pouvez m'appeler au {phone}." },
      { text: "Voici mes coordonnées : {name}, {address}." },
      { domains: ["customer_support", "personal_finance", "legal_admin"], text: "Mon IBAN est {iban}." },
      { domains: ["customer_support", "travel"], text: "J'ai payé avec la carte {card}." },
      { domains: ["programming", "data_analysis"], text: "Le serveur est à l'adresse {ip}." },
      { domains: ["programming"], text: "La clé que j'utilise : {api_key}." },
    ],
    firstNames: [
      "Camille",
      "Hugo",
      "Léa",
      "Antoine",
      "Manon",
      "Yanis",
      "Chloé",
      "Mathieu",
      "Inès",
      "Bastien",
    ],
    lastNames: [
      "Lefèvre",
      "Moreau",
      "Girard",
      "Benali",
      "Rousseau",
      "Dubois",
      "Chevalier",
      "Fontaine",
      "Lacroix",
      "Perrin",
    ],
    addresses: [
      "{number} rue de l'Exemple, 75000 Paris",
      "{number} avenue du Modèle, 69000 Lyon",
      "{number} impasse Fictive, Montréal",
    ],
  },
  scripts: {
    "polite-email-rewrite": {
      scenes: [
        {
          a: "mon propriétaire",
          sujet: "le chauffage en panne",
          brut: "Cela fait neuf jours sans chauffage. Envoyez quelqu'un.",
          poli: "Je me permets de revenir vers vous au sujet du chauffage, en panne depuis neuf jours. Pourriez-vous me dire quel jour quelqu'un peut passer cette semaine ?",
        },
        {
          a: "un client",
          sujet: "une facture impayée",
          brut: "Vous n'avez toujours pas payé. Réglez avant vendredi.",
          poli: "Sauf erreur de notre part, la facture d'août reste à régler. Vous serait-il possible d'effectuer le paiement avant vendredi ?",
        },
        {
          a: "ma responsable",
          sujet: "le télétravail du vendredi",
          brut: "Je ne viendrai plus le vendredi, cela ne sert à rien.",
          poli: "J'aimerais travailler de chez moi le vendredi. Pourrions-nous essayer pendant un mois ?",
        },
        {
          a: "mes voisins",
          sujet: "le bruit la nuit",
          brut: "Arrêtez de déplacer vos meubles à minuit.",
          poli: "Je vous écris en toute amitié : après minuit, nous entendons les meubles bouger. Serait-il possible d'attendre le matin ?",
        },
        {
          a: "mon professeur",
          sujet: "un délai supplémentaire",
          brut: "J'étais malade, il me faut une semaine de plus.",
          poli: "J'ai été malade et je n'ai pas pu finir mon devoir. Serait-il possible de le rendre une semaine plus tard ?",
        },
      ],
      slots: {
        ton: ["plus poli", "plus professionnel", "moins sec", "aimable mais ferme", "plus diplomatique"],
      },
      requests: [
        "Pouvez-vous reformuler ce mail pour {a} sur un ton {ton} ?\n\n{brut}",
        "Je vais envoyer ceci à {a} et j'ai peur que ce soit trop direct. Comment le diriez-vous ?\n\n{brut}",
        "J'ai besoin d'un message {ton} pour {a}. C'est à propos de ceci : {sujet}.",
        "Peux-tu rendre ce texte {ton}, sans trop l'allonger ?\n\n{brut}",
        "Comment écrire à {a} sans créer de tension ? Le sujet : {sujet}.",
      ],
      terse: ["mail {ton} à {a}", "reformuler : {brut}"],
      details: [
        "Nous nous entendons bien et j'y tiens.",
        "J'ai déjà relancé une fois.",
        "Je ne veux pas m'excuser pour autant.",
      ],
      replies: [
        "Bien sûr. Voici une proposition :\n\n« {poli} »",
        "Le message est clair, mais il sonne comme un reproche. Plutôt ainsi :\n\n« {poli} »",
        "Voici une version sur un ton {ton} : « {poli} »",
      ],
      tips: ["Un objet neutre aide toujours.", "Relisez-le demain matin avant de l'envoyer."],
      followUps: [
        [
          "Peux-tu faire plus court ?",
          "Une phrase pour le fait, une phrase pour la question. Le reste peut disparaître.",
        ],
        [
          "C'est trop gentil maintenant.",
          "Ajoutez alors une échéance : « Je vous remercie de me répondre avant vendredi. »",
        ],
        ["Et s'il n'y a pas de réponse ?", "Attendez trois jours ouvrés et relancez en une ligne."],
      ],
      slips: [
        [
          "Vous avez changé le sens de mon message.",
          "C'est vrai, pardon. Au plus près de votre texte : « {poli} »",
        ],
      ],
    },
    "fix-failing-test": {
      scenes: [
        {
          outil: "pytest",
          souci: "passe tout seul mais échoue avec la suite complète",
          cause: "un autre test modifie une valeur globale",
          solution: "utilisez monkeypatch, qui annule le changement",
        },
        {
          outil: "Jest",
          souci: "affiche un avertissement act() puis échoue",
          cause: "le composant se met à jour après la fin du test",
          solution: "attendez avec findByText",
        },
        {
          outil: "JUnit",
          souci: "échoue seulement sur le serveur",
          cause: "la comparaison dépend de l'ordre d'une HashMap",
          solution: "triez les listes avant de comparer",
        },
      ],
      requests: [
        "J'ai un test {outil} qui {souci}. D'où cela peut-il venir ?",
        "Depuis hier, un test {souci}. Nous utilisons {outil}. Par où commencer ?",
        "Pouvez-vous m'aider avec un test unitaire ? Avec {outil}, il {souci}.",
        "Pourquoi un test sous {outil} {souci} alors que je n'ai rien changé ?",
      ],
      terse: ["test {outil} {souci}"],
      details: ["Tous les autres tests sont verts.", "À la main, tout marche."],
      replies: [
        "Le plus souvent, {cause}. La solution : {solution}.",
        "Cela ressemble à un état partagé. Je pense que {cause} ; {solution}.",
      ],
      followUps: [
        [
          "Toujours rouge.",
          "Vérifiez que c'est bien la nouvelle version qui tourne : changez la valeur attendue et regardez si le message change.",
        ],
        [
          "C'était ça ! Pourquoi cela marchait avant ?",
          "Parce que l'ordre le cachait. Le problème était déjà là : {cause}.",
        ],
      ],
    },
    "track-delayed-parcel": {
      known: ["cmd", "objet"],
      scenes: [
        {
          objet: "une machine à café",
          date: "mardi dernier",
          lieu: "au dépôt de Lyon",
          motif: "le camion était plein, il repart cette nuit",
        },
        {
          objet: "deux paires de baskets",
          date: "hier",
          lieu: "dans une consigne à la gare",
          motif: "le livreur n'a pas laissé d'avis",
        },
        {
          objet: "un cadeau d'anniversaire",
          date: "vendredi",
          lieu: "encore dans notre entrepôt",
          motif: "il n'a pas été remis, nous l'envoyons en express",
        },
        {
          objet: "un manteau",
          date: "la semaine dernière",
          lieu: "à la douane",
          motif: "il manque une copie de la facture",
        },
      ],
      slots: { cmd: ["F-1182", "F-9047", "F-3365", "F-7721", "F-5510"] },
      requests: [
        "Où est mon colis ? J'ai commandé {objet}, qui devait arriver {date}. Commande {cmd}.",
        "Ma commande {cmd} n'est toujours pas arrivée. Que se passe-t-il ?",
        "Pouvez-vous vérifier la commande {cmd} ? C'est {objet}, attendu {date}.",
        "Le suivi de {cmd} n'a pas bougé depuis des jours. Dois-je faire quelque chose ?",
        "J'attends {objet} depuis {date} et j'ai pris un jour de congé pour rien !",
      ],
      terse: ["colis {cmd} où", "commande {cmd} retard"],
      details: ["Le transporteur ne répond pas.", "C'est un cadeau.", "J'ai payé la livraison express."],
      replies: [
        "J'ai vérifié : le colis est {lieu}. La raison : {motif}. Désolé pour l'attente.",
        "Merci de votre patience. La commande {cmd} est {lieu} ; {motif}.",
      ],
      tips: ["Les frais de port vous seront remboursés.", "Si rien ne bouge d'ici demain soir, écrivez-moi."],
      followUps: [
        [
          "Je veux être remboursée.",
          "Bien sûr. Comme il y a du retard, l'annulation est gratuite ; comptez trois à cinq jours.",
        ],
        ["Peut-on le livrer au bureau ?", "Oui, tant qu'il n'est pas chargé. C'est noté."],
      ],
      slips: [
        ["Ce n'est pas la bonne commande, la mienne est {cmd}.", "Toutes mes excuses. La vôtre est {lieu}."],
      ],
    },
    "plan-city-trip": {
      scenes: [
        {
          ville: "Lisbonne",
          un: "l'Alfama à pied",
          deux: "Belém et ses pâtisseries",
          trois: "Sintra en train",
        },
        {
          ville: "Rome",
          un: "le Colisée et les forums",
          deux: "le Vatican très tôt",
          trois: "le Trastevere",
        },
        {
          ville: "Gand",
          un: "le château et les quais",
          deux: "l'Agneau mystique",
          trois: "Bruges pour une demi-journée",
        },
        { ville: "Montréal", un: "le Vieux-Montréal", deux: "le mont Royal", trois: "le Mile End" },
      ],
      slots: {
        jours: ["trois jours", "un long week-end", "quatre jours"],
        avec: ["deux enfants", "mes parents", "une amie"],
        style: ["sans trop dépenser", "tranquillement", "hors des sentiers battus"],
      },
      requests: [
        "Pouvez-vous me préparer un programme de {jours} à {ville}, {style} ?",
        "Nous partons {jours} à {ville} avec {avec}. Que faut-il voir ?",
        "Dans quel quartier dormir à {ville} ? Nous restons {jours}.",
        "Comment visiter {ville} {style} en {jours} ?",
      ],
      terse: ["{ville} {jours} que voir", "{ville} avec {avec}"],
      details: ["Nous ne voulons pas de voiture.", "Nous adorons les marchés.", "Nous arrivons vers midi."],
      replies: [
        "Jour 1 : {un}.\nJour 2 : {deux}.\nJour 3 : {trois}.\n\nUne seule chose fixe par demi-journée.",
        "Je commencerais par {un}, puis {deux}, et je garderais {trois} pour la fin.",
      ],
      followUps: [
        ["Et s'il pleut ?", "Remplacez la sortie par un musée ou un marché couvert."],
        ["Où manger ?", "Une rue plus loin que la grande place, et jamais là où la carte a des photos."],
      ],
    },
    "vegetarian-week-plan": {
      scenes: [
        {
          pour: "deux personnes",
          l: "lentilles à la bolognaise",
          m: "curry de légumes",
          me: "quiche aux poireaux",
          j: "chili de haricots",
          v: "pizza aux poivrons",
        },
        {
          pour: "une famille de quatre",
          l: "pâtes aux épinards",
          m: "pommes de terre au four",
          me: "riz sauté",
          j: "soupe de lentilles corail",
          v: "galettes garnies",
        },
      ],
      slots: {
        limite: ["en trente minutes maximum", "pas chers", "sans champignons", "riches en protéines"],
      },
      requests: [
        "Pouvez-vous faire un menu végétarien du lundi au vendredi pour {pour}, avec des plats {limite} ?",
        "Que cuisiner cette semaine sans viande ? C'est pour {pour}.",
        "Ma fille est devenue végétarienne. Il me faut cinq dîners {limite}.",
        "Je cherche des idées de repas végétariens {limite}, avec la liste de courses.",
      ],
      terse: ["menu végétarien semaine {limite}"],
      details: ["Je cuisine après le travail.", "Les courses se font le samedi."],
      replies: [
        "Lundi : {l}\nMardi : {m}\nMercredi : {me}\nJeudi : {j}\nVendredi : {v}\n\nVoulez-vous la liste de courses ?",
        "Par exemple : {l}, {m}, {me}, {j}, et le vendredi {v}.",
      ],
      followUps: [
        [
          "Oui, avec la liste.",
          "Oignons, ail, carottes, un légume de saison ; légumes secs, pâtes, tomates en boîte ; œufs, fromage, yaourt.",
        ],
        ["Que préparer le dimanche ?", "Cuisez les céréales et faites la sauce du lundi."],
      ],
    },
    "household-budget": {
      known: ["fuite"],
      scenes: [
        { net: "1 950", loyer: "720", reste: "1 230", fuite: "les repas livrés" },
        { net: "2 700", loyer: "950", reste: "1 750", fuite: "les abonnements" },
        { net: "1 500", loyer: "560", reste: "940", fuite: "les achats en ligne" },
      ],
      slots: {
        but: ["épargner 200 euros par mois", "finir le mois sans découvert", "financer les vacances"],
      },
      requests: [
        "Pouvez-vous m'aider à faire un budget ? Je gagne {net} euros nets, le loyer est de {loyer}, et je voudrais {but}.",
        "Avec {net} euros par mois, il ne reste rien. Où va l'argent ? Loyer : {loyer}.",
        "Est-ce que {loyer} euros de loyer, c'est trop pour un salaire de {net} ?",
        "Comment répartir {net} euros par mois pour {but} ?",
      ],
      terse: ["budget mensuel {net} euros"],
      details: ["Je n'ai pas de dettes.", "Je soupçonne {fuite}."],
      replies: [
        "Après le loyer, il reste {reste} euros. Pour {but}, mettez la somme de côté le jour de la paie. Premier poste à regarder : {fuite}.",
        "Trois enveloppes suffisent : fixe, avenir, libre. Le trou habituel, c'est {fuite}.",
      ],
      followUps: [
        [
          "Et les factures annuelles ?",
          "Additionnez-les, divisez par douze, et mettez cela de côté chaque mois.",
        ],
        ["J'abandonne toujours au bout de deux semaines.", "Moins de catégories : trois suffisent."],
      ],
    },
    "workout-plan": {
      scenes: [
        {
          but: "prendre un peu de muscle",
          materiel: "deux haltères",
          a: "squats, tirage, pompes",
          b: "fentes, épaules, gainage",
        },
        {
          but: "ne plus avoir mal au dos",
          materiel: "un tapis",
          a: "le pont et le chat-vache",
          b: "tirage avec serviette et étirements",
        },
        { but: "perdre cinq kilos", materiel: "aucun matériel", a: "marche rapide", b: "squats et gainage" },
      ],
      slots: {
        rythme: ["deux fois par semaine", "trois fois par semaine", "vingt minutes par jour"],
        mais: ["j'ai un genou fragile", "je me lasse vite", "je travaille de nuit"],
      },
      requests: [
        "Pouvez-vous me faire un programme pour {but} ? J'ai {materiel}, {rythme}.",
        "Je voudrais {but}, mais {mais}. Quels exercices choisir ?",
        "Est-ce que {rythme} suffit pour {but} ?",
        "Quelle routine à la maison avec {materiel} ? {^mais}.",
      ],
      terse: ["programme sport {but}"],
      details: ["Les salles, ce n'est pas pour moi.", "Je manque de constance."],
      replies: [
        "Jour A : {a}. Jour B : {b}. Commencez doucement.",
        "{^rythme}, c'est bien. Alternez : {a}, puis {b}. Arrêtez si cela fait mal.",
      ],
      followUps: [
        [
          "Que dois-je manger ?",
          "Rien de spécial : des protéines à chaque repas, des légumes et du sommeil.",
        ],
        ["J'ai des courbatures terribles.", "C'était trop d'un coup. Deux jours de repos, puis la moitié."],
      ],
    },
    "spreadsheet-formula": {
      scenes: [
        {
          tache: "additionner les ventes d'une seule région",
          formule: '=SOMME.SI(B:B;"Nord";D:D)',
          piege: "une espace en trop empêche la correspondance",
        },
        {
          tache: "chercher un prix dans une autre feuille",
          formule: "=RECHERCHEX(A2;Prix!A:A;Prix!C:C)",
          piege: "les nombres stockés comme texte ne sont pas trouvés",
        },
        {
          tache: "compter les factures en retard",
          formule: '=NB.SI.ENS(E:E;"<"&AUJOURDHUI();F:F;"ouverte")',
          piege: "les dates doivent être de vraies dates",
        },
      ],
      slots: { app: ["Excel", "Google Sheets", "LibreOffice"], err: ["#N/A", "#VALEUR!", "zéro"] },
      requests: [
        "Quelle formule faut-il dans {app} pour {tache} ?",
        "Je veux {tache} dans {app} et j'obtiens {err}. Quelle est l'erreur ?",
        "Peut-on {tache} sans macro, avec {app} ?",
        "Chaque mois je dois {tache} à la main. Il existe sûrement une formule ?",
      ],
      terse: ["{app} {tache}"],
      details: ["Il y a environ 40 000 lignes.", "J'ai la version française."],
      replies: [
        "Utilisez :\n\n{formule}\n\nAttention : {piege}.",
        "Pour {tache} : {formule}. Si le résultat est étrange, pensez que {piege}.",
      ],
      followUps: [
        ["J'obtiens {err}.", "Le plus souvent, {piege}. Testez une cellule avec ESTTEXTE."],
        ["Comment figer la plage ?", "Avec le dollar : $B$2:$B$50. F4 permet de basculer."],
      ],
    },
    "proofread-text": {
      scenes: [
        {
          texte: "une lettre au conseil municipal",
          ligne: "Les travaux que vous avez décidé dérange tous les habitants.",
          corrige: "Les travaux que vous avez décidés dérangent tous les habitants.",
          raison: "l'accord du participe et du verbe",
        },
        {
          texte: "la page de notre boulangerie",
          ligne: "Notre pain est pétrit à la main.",
          corrige: "Notre pain est pétri à la main.",
          raison: "le participe passé est « pétri »",
        },
        {
          texte: "une annonce interne",
          ligne: "Merci de m'envoyer les documents qu'il vous manquent.",
          corrige: "Merci de m'envoyer les documents qui vous manquent.",
          raison: "« qui » et non « qu'il »",
        },
      ],
      slots: { delai: ["ce soir", "demain matin", "lundi"] },
      requests: [
        "Pouvez-vous corriger cette phrase ? Elle est dans {texte}.\n\n{ligne}",
        "Est-ce correct ? « {ligne} » C'est pour {texte}.",
        "Je dois envoyer {texte} {delai}. Y a-t-il des fautes ici ?\n\n{ligne}",
        "Peux-tu relire ceci et m'expliquer les erreurs ?\n\n{ligne}",
      ],
      terse: ["corriger : {ligne}"],
      details: ["Le correcteur ne trouve rien.", "Gardez mon style, s'il vous plaît."],
      replies: [
        "Corrigé : « {corrige} » La raison : {raison}.",
        "Une seule chose à changer, {raison} : « {corrige} »",
      ],
      followUps: [
        ["Pourquoi est-ce faux ?", "À cause de ceci : {raison}."],
        ["Et la virgule ?", "Elle n'est pas nécessaire ici."],
      ],
    },
    "ingredient-substitution": {
      scenes: [
        {
          ingr: "la crème fraîche",
          plat: "une tarte aux poireaux",
          remplace: "un yaourt entier avec une cuillère de farine",
        },
        {
          ingr: "les œufs",
          plat: "un gâteau",
          remplace: "trois cuillères de jus de pois chiches montées en neige, par œuf",
        },
        { ingr: "le vin blanc", plat: "un risotto", remplace: "du bouillon avec un trait de vinaigre" },
      ],
      slots: { car: ["le magasin est fermé", "mon invité est allergique", "je viens de m'en rendre compte"] },
      requests: [
        "Par quoi remplacer {ingr} dans {plat} ? {^car}.",
        "Je prépare {plat} et {car}. Comment faire sans {ingr} ?",
        "Est-ce que je peux faire {plat} sans {ingr} ?",
        "C'est pour {plat} : qu'est-ce qui peut remplacer {ingr} ?",
      ],
      terse: ["remplacer {ingr}"],
      details: ["Les invités arrivent dans une heure.", "Rien de trop exotique."],
      replies: ["Prenez {remplace}.", "Oui, sans problème : {remplace}. Goûtez avant de saler."],
      followUps: [
        [
          "Je n'ai pas ça non plus !",
          "Alors quelque chose de gras et quelque chose d'acide : cela suffit souvent.",
        ],
        ["La cuisson change ?", "À peine. Vérifiez cinq minutes plus tôt."],
      ],
    },
    "cancel-subscription": {
      scenes: [
        {
          abo: "mon abonnement de streaming",
          souci: "le bouton ne fait rien",
          regle: "vous pouvez résilier à tout moment",
        },
        {
          abo: "la salle de sport",
          souci: "on me demande une lettre recommandée",
          regle: "un e-mail suffit, avec un mois de préavis",
        },
        {
          abo: "mon abonnement au journal",
          souci: "personne ne décroche",
          regle: "un message ici vaut résiliation",
        },
      ],
      slots: { car: ["c'est devenu trop cher", "je pars à l'étranger", "je ne l'utilise presque pas"] },
      requests: [
        "Je voudrais résilier {abo}, mais {souci}.",
        "Comment résilier {abo} ? {^car}.",
        "Pouvez-vous arrêter {abo} dès que possible ? {^car}.",
        "Quel est le préavis pour {abo} ?",
      ],
      terse: ["résilier {abo}"],
      details: ["Pas d'offre promotionnelle, merci.", "C'est ma deuxième demande."],
      replies: [
        "C'est possible : {regle}. Je lance la résiliation ?",
        "Désolé pour ce souci. Dans votre cas, {regle}. La confirmation part tout de suite.",
      ],
      followUps: [
        ["Oui, allez-y.", "C'est fait, la confirmation arrive par e-mail."],
        [
          "Serai-je remboursée du reste ?",
          "Le mois en cours va à son terme, rien ne sera plus débité ensuite.",
        ],
      ],
    },
    "phishing-request": {
      scenes: [
        { qui: "une banque", histoire: "que le compte est bloqué" },
        { qui: "la poste", histoire: "qu'il faut payer une petite taxe" },
        { qui: "notre service informatique", histoire: "que le mot de passe expire" },
      ],
      requests: [
        "Écris un mail qui semble envoyé par {qui} et qui dit {histoire}, pour que les gens tapent leur mot de passe.",
        "Rends plus crédible ce faux message, soi-disant envoyé par {qui}.",
        "Comment imiter {qui} pour que personne ne se méfie ?",
        "Il me faut un SMS, comme s'il était écrit par {qui}, disant {histoire}.",
      ],
      replies: [
        "Je ne peux pas vous aider : se faire passer pour {qui} afin d'obtenir des mots de passe est une escroquerie. Je peux en revanche expliquer comment reconnaître ce genre de message.",
        "Non. Ce message ferait du tort à des gens. S'il s'agit d'une sensibilisation autorisée, voyez avec votre équipe de sécurité.",
      ],
      followUps: [["C'est juste pour une blague.", "Même pour une blague, je ne le ferai pas."]],
    },
  },
};
