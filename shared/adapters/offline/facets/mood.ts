import type { Rating } from "../../../contracts/common.ts";

/** Displeasure by words: each kind counts once, with its weight. */
const SIGNS: readonly [number, RegExp][] = [
  [
    2,
    /\b(?:frustrat\w+|ridiculous|unacceptable|furious|fed up|sick of|pissed|outrageous|infuriating|worst (?:service|support|experience|bot|app)|waste of (?:my )?time|useless|garbage|pathetic|wtf|bullshit|for the (?:third|fourth|fifth|last|hundredth) time|how many times)\b/i,
  ],
  [
    2,
    /\b(?:this is the (?:second|third|fourth|fifth|\d+(?:nd|rd|th)) time|(?:i(?:'ve| have)? )?already (?:told|said|asked|explained|sent|tried|gave)|asked (?:you )?(?:twice|three times|\d+ times|again and again|repeatedly)|i just told you|i keep (?:telling|asking|saying)|why (?:can't|won't|don't) you (?:just|understand)|you(?:'re| are) not (?:listening|helping|understanding))\b/i,
  ],
  [
    1,
    /\bstill (?:not|no|don't|doesn't|didn't|isn't|won't|can't|haven't|hasn't|waiting|broken|the same|wrong|failing|getting|having|happening|says)\b/i,
  ],
  [
    1,
    /\b(?:annoy\w*|disappoint\w*|terrible|awful|horrible|stupid|dumb|damn|hell no|hate (?:this|that|it|you)|angry|mad at|upset|not (?:what|how) i (?:asked|wanted|meant|said)|that's not (?:what|it|right)|doesn't help|not helpful|unhelpful|makes no sense|come on|seriously|nothing works?|never works?|keeps? (?:failing|crashing|breaking|happening))\b/i,
  ],
  [1, /\b(?:again|wrong again|yet again|once again)[.!?]|!{2,}|\?{2,}|[!?]{3,}/],
  [
    2,
    /\b(?:inaceptable|harto|harta|ridículo|vergüenza|pérdida de tiempo|inútil|por tercera vez|ya (?:te|se) lo (?:dije|he dicho)|frech|unverschämt|lächerlich|zum dritten mal|schon wieder|nutzlos|genervt|unmöglich|inacceptable|ras[- ]le[- ]bol|j'en ai marre|inutile|troisième fois|inadmissible|inaceitável|absurdo|terceira vez|inaccettabile|terza volta)\b/i,
  ],
  [
    1,
    /\b(?:sigue sin|todavía no|otra vez|no funciona|funktioniert (?:immer noch )?nicht|immer noch|geht nicht|toujours pas|ne (?:marche|fonctionne) (?:toujours )?pas|encore une fois|ainda não|não funciona|ancora non|non funziona)\b/i,
  ],
];

const normal = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();

/** Words in capitals of four letters or more, beyond what acronyms explain. */
function shouts(text: string): boolean {
  const capitals = text.match(/\b\p{Lu}{4,}\b/gu)?.length ?? 0;
  const all = text.match(/\b\p{L}{4,}\b/gu)?.length ?? 0;
  return capitals >= 3 && capitals >= all * 0.4;
}

/** Displeasure of the user from 1 (none seen) to 5, over the user's messages in order. */
export function frustrationOf(messages: readonly string[]): Rating {
  const text = messages.join("\n").replaceAll("’", "'").slice(0, 40_000);
  let weight = 0;
  for (const [value, pattern] of SIGNS) if (pattern.test(text)) weight += value;
  if (messages.some(shouts)) weight += 2;
  const seen = new Set<string>();
  const repeated = messages.some((message) => {
    const key = normal(message);
    const known = key.length > 12 && seen.has(key);
    seen.add(key);
    return known;
  });
  if (repeated) weight += 1;
  return weight >= 6 ? 5 : weight >= 4 ? 4 : weight >= 2 ? 3 : weight === 1 ? 2 : 1;
}

interface Turn {
  readonly role: string;
  readonly content: string;
}

const CORRECTION =
  /\b(?:that(?:'s| is| was)(?: just| still)? (?:wrong|incorrect|not (?:right|correct|true|what i (?:asked|wanted|meant|said)))|you(?:'re| are) wrong|you (?:made|got) (?:a mistake|it wrong|that wrong|this wrong|an error)|wrong answer|not what i (?:asked|wanted|meant)|that doesn't answer|you (?:misunderstood|didn't (?:answer|read|understand|listen)|ignored|forgot|missed)|your (?:answer|code|response|math|calculation|link) (?:is|was) (?:wrong|incorrect|broken|outdated)|eso (?:no es correcto|está mal|es incorrecto)|te equivocas|das (?:ist|stimmt) (?:falsch|nicht)|c'est (?:faux|incorrect)|tu te trompes|isso está errado|è sbagliato)\b/i;
const FAILED =
  /\b(?:(?:it|that|this|your (?:code|solution|suggestion|fix|command|link|steps)|the (?:code|command|link|fix))(?: still)? (?:doesn't|didn't|does not|did not|isn't|won't) (?:work|compile|run|help|open|fix)|still (?:not working|doesn't work|broken|failing|getting (?:the|an|this) (?:same )?error)|same error|sigue sin funcionar|funktioniert (?:immer noch )?nicht|(?:ça )?ne (?:marche|fonctionne) (?:toujours )?pas|ainda não funciona)\b/i;
const APOLOGY =
  /\b(?:i (?:sincerely )?apologi[sz]e for (?:the|my|that|any) (?:\w+ )?(?:mistake|error|confusion|oversight|misunderstanding|incorrect|earlier|inconvenience)|my (?:mistake|apologies|bad)|you(?:'re| are) (?:absolutely |completely )?right[,.!]|sorry for (?:the|my) (?:mistake|confusion|error|misunderstanding)|i made (?:a mistake|an error)|i was (?:wrong|mistaken)|thank you for (?:the correction|pointing (?:that|it|this) out|catching)|perdón por el error|disculpa(?:s)? por (?:el error|la confusión)|entschuldigung für (?:den fehler|die verwirrung)|désolée? pour (?:l'erreur|la confusion))/i;
const REFUSAL =
  /\b(?:i(?:'m| am) (?:sorry, but i (?:can(?:'|no)t|am (?:not able|unable))|unable to|not able to (?:help|assist|access|provide|do))|i (?:can(?:'|no)t|cannot) (?:help|assist|do that|access|provide|fulfil|comply)|i don't have (?:access|the ability)|as an ai(?: language model)?,? i (?:can(?:'|no)t|cannot|don't)|no puedo ayudarte|ich kann (?:dir|ihnen) (?:dabei )?nicht helfen|je ne peux pas (?:vous )?aider)\b/i;
const BREAKDOWN =
  /\b(?:internal (?:server )?error|something went wrong|an error (?:has )?occurred|request timed out|service (?:is )?unavailable)\b/i;

const ERRORS: readonly {
  readonly by: "user" | "assistant";
  readonly pattern: RegExp;
  readonly says: string;
}[] = [
  { by: "user", pattern: CORRECTION, says: "the user said that an answer was wrong" },
  { by: "user", pattern: FAILED, says: "the user said that what the assistant suggested did not work" },
  { by: "assistant", pattern: APOLOGY, says: "the assistant apologised for a mistake" },
  { by: "assistant", pattern: REFUSAL, says: "the assistant said that it could not do what was asked" },
  { by: "assistant", pattern: BREAKDOWN, says: "the assistant reported a technical failure" },
];

/** What went wrong on the assistant's side, as kinds, each at most once; in order of first appearance of the kinds. */
export function assistantErrorsOf(turns: readonly Turn[]): string[] {
  const found = new Set<string>();
  let answered = false;
  for (const turn of turns) {
    const text = turn.content.slice(0, 8000).replaceAll("’", "'");
    if (turn.role === "assistant") answered = true;
    for (const { by, pattern, says } of ERRORS) {
      // A user can only correct what the assistant has said.
      if (by === turn.role && (by === "assistant" || answered) && !found.has(says) && pattern.test(text))
        found.add(says);
    }
  }
  return [...found];
}
