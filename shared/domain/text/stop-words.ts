const set = (list: string): ReadonlySet<string> => new Set(list.trim().split(/\s+/));

/** English function words, contractions, and the small talk of requests: they say nothing about a subject. */
export const STOP_WORDS = set(`
a about above after again against ago ain't all almost along already also although always am among an and another any
anybody anymore anyone anything anyway are aren't around as at away back be because been before being below between both
but by can can't cannot come could couldn't did didn't do does doesn't doing don't done down during each either else
enough etc even ever every everybody everyone everything few first for from further get gets getting give given go goes
going gone gonna got gotta had hadn't has hasn't have haven't having he he'd he'll he's her here here's hers herself him
himself his how how's however i i'd i'll i'm i've if im in instead into is isn't it it'd it'll it's its itself ive just
keep kind last least less let let's lets like lot lots made make makes making many may maybe me might mine more most much
must my myself need needed needs neither never new next no nobody none nor not nothing now of off ok okay on once one ones
only onto or other others ought our ours ourselves out over own per perhaps please pls put quite rather really right said
same say see seem seems several shall she she'd she'll she's should shouldn't since so some somebody someone something
sometimes soon still such sure take than thank thanks that that'd that'll that's thats the their theirs them themselves
then there there's these they they'd they'll they're they've thing things think this those though through thru till to
today together too toward towards try trying two under until up upon us use used using usually very via wanna want wanted
wants was wasn't way we we'd we'll we're we've well went were weren't what what's whatever when when's where where's
whether which while who who's whole whom whose why why's will with within without won't would wouldn't yes yet you you'd
you'll you're you've your yours yourself yourselves hi hello hey dear greetings help tell know show ask asked asking
question questions wonder wondering looking explain possible good great nice best better able thx ty u ur
dont doesnt didnt cant wont isnt wasnt arent havent hasnt im ill whats thats wheres hows whos theres youre theyre couldnt
wouldnt shouldnt kindly gimme lemme dunno idk cause tho ya yep nope
`);

/** Function words of other languages, by BCP 47 primary language: what key phrases of such a text leave out. */
export const OTHER_STOP_WORDS: Readonly<Record<string, ReadonlySet<string>>> = {
  es: set(`a al algo algún alguna ante antes aquí así aunque cada como cómo con contra cual cuál cuando cuándo cuánto de
    del desde donde dónde dos el él ella ellos en entre era es esa ese eso esta está están estar este esto estos estoy
    fue gracias ha hacer hay he hola la las le les lo los más me mi mis mucho muy nada necesito ni no nos o otra otro
    para pero poco por porque porfa favor puede puedes podrías puedo que qué quién quiero quisiera se ser si sí sido sin
    sobre son soy su sus también te tengo tiene tienes toda todo todos tu un una unas uno unos y ya yo ayuda ayúdame
    ayudar dime buenos buenas días tardes`),
  fr: set(`a à ai ainsi alors après as au aussi autre aux avant avec avez avoir bien bonjour c'est ça ce cela ces cet cette
    chaque comme comment d'un d'une dans de depuis des deux donc du elle elles en encore entre es est et été être eu fait
    faire faut il ils j'ai j'aimerais je l la le les leur leurs lui ma mais me merci mes moi mon ne ni non nos notre nous
    on ont ou où par pas peu peut peux plus pour pourquoi pouvez pourriez qu'est-ce quand que quel quelle quelles quels qui
    quoi sa sans se ses si son sont sous suis sur ta te tes toi ton tous tout toute tu un une veux voudrais votre vos vous
    y aide aider aidez besoin salut svp s'il plaît`),
  de: set(`aber alle alles als also am an andere auch auf aus bei bin bis bist bitte da damit danke dann das dass dein
    deine dem den denn der des dich die dies diese diesem diesen dieser dieses dir doch dort du durch ein eine einem einen
    einer eines er es etwas euch für geht gibt habe haben hallo hat hatte hi hier hilf hilfe hilfst ich ihm ihn ihr ihre
    im in ins ist ja jede jetzt kann kannst kein keine können könnte könntest man mehr mein meine meinem meinen meiner mich
    mir mit möchte muss nach nicht nichts noch nun nur ob oder ohne sehr sein seine sich sie sind so soll über um und uns
    unser unter vom von vor wann war warum was wegen weil welche wenn wer werden wie wieder will wir wird wo zu zum zur
    brauche bräuchte guten tag morgen`),
  pt: set(`a ao aos as às até com como da das de dela dele do dos e é ela ele em entre era essa esse esta está este eu foi
    há isso isto já lhe mais mas me meu meus minha muito na não nas nem no nos o obrigado olá os ou para pela pelo por
    porque posso pode poderia preciso qual quando que quem quero se sem ser seu sua são só também te tem tenho um uma você
    ajuda ajudar favor bom dia gostaria onde`),
  it: set(`a ai al alla alle anche avere che chi ci ciao come con cosa cui da dal dalla dei del della delle di dove e è ed
    era essere fare gli grazie ha hai ho i il in io la le lei lo loro lui ma mi mia mio molto ne nei nel nella no noi non o
    per perché più può puoi potresti quale quando quanto quella quello questa questo se sei si sì sia sono sta su sua suo
    tra tu tutti un una uno vi voglio vorrei aiuto aiutarmi favore buongiorno`),
  nl: set(`aan al alle als bij dan dat de deze die dit doen door dus een en er het hoe hoi heb hebben heeft hij ik in is ja je
    jij kan kun kunt maar me meer met mij mijn moet na naar niet nog nu of om ons ook op over te tot u uit van veel voor
    waar was wat we wel wie wij wil worden wordt zijn zo zou zonder bedankt graag hallo help`),
};

/** Common verbs and nouns of requests that name no subject: left out of topics and cluster names, not of requests. */
export const GENERIC_WORDS = set(`
add answer apply ask bit call change check come create day days do example explain feel figure find fix get give go guy
happen happens have hear information info issue keep kinda know learn leave like look lot make mean mind number part
people person place point problem provide read reason say second send set show someone sort start stop stuff suggest talk
tell thing time times turn type understand use want way week month today yesterday tomorrow tonight morning afternoon evening later amount word work works working write year years
`);

/** Whether a lower-case token carries no meaning of its own in a text of this language. */
export function isStopWord(token: string, language = "en"): boolean {
  return STOP_WORDS.has(token) || (OTHER_STOP_WORDS[language.slice(0, 2)]?.has(token) ?? false);
}
