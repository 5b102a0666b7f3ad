const list = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/));

/**
 * Words of names and descriptions that say how something is asked, never what about whom. With function words the closed
 * list of what needs no users behind it under `--name-words shared`; it holds no noun that could answer a question about a person.
 */
export const PLAIN_WORDS = list(`
  user users member members assistant request requests message messages question questions topic topics subject subjects
  group groups cluster clusters conversation conversations theme themes task tasks various common commonly general further
  related different several similar typical typically frequent frequently mostly mainly often sometimes nearly half
  advice guidance assistance support recommendation recommendations suggestion suggestions idea ideas detail details
  describe describes description bring brings belong belongs follow prepare discuss discusses seek seeks involve involves
  include includes including range ranging focus focused particular specific concern concerning regarding short long
  situation situations somewhere someone unnamed valid model gave placeholder
  about after along also brought
`);
