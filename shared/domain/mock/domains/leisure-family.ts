import type { UseCase } from "../script.ts";

const watch: UseCase = {
  id: "film-and-book-tips",
  domain: "leisure_family",
  english: {
    known: ["a", "b"],
    scenes: [
      {
        liked: "Arrival",
        medium: "film",
        a: "Contact",
        b: "Annihilation",
        trait: "quiet science fiction that thinks",
      },
      {
        liked: "Knives Out",
        medium: "film",
        a: "See How They Run",
        b: "Gosford Park",
        trait: "a clever murder with wit",
      },
      {
        liked: "Pride and Prejudice",
        medium: "book",
        a: "Middlemarch",
        b: "A Room with a View",
        trait: "sharp tongues and slow-burning love",
      },
      {
        liked: "Dark",
        medium: "series",
        a: "1899",
        b: "The OA",
        trait: "riddles that fold in on themselves",
      },
      {
        liked: "The Martian",
        medium: "book",
        a: "Project Hail Mary",
        b: "Seveneves",
        trait: "problems that are solved by thinking",
      },
      {
        liked: "My Neighbour Totoro",
        medium: "film",
        a: "Kiki's Delivery Service",
        b: "Song of the Sea",
        trait: "gentle wonder",
      },
      {
        liked: "The Name of the Rose",
        medium: "book",
        a: "An Instance of the Fingerpost",
        b: "My Name Is Red",
        trait: "history with a corpse in it",
      },
      {
        liked: "The Bear",
        medium: "series",
        a: "Boiling Point",
        b: "Somebody Feed Phil",
        trait: "kitchens, loud or kind",
      },
      {
        liked: "Spirited Away",
        medium: "film",
        a: "Howl's Moving Castle",
        b: "Paprika",
        trait: "dreams that obey their own rules",
      },
    ],
    slots: {
      mood: [
        "nothing too sad",
        "something short",
        "something for a rainy Sunday",
        "with a strong ending",
        "not too well known",
        "that I can watch or read with my mother",
      ],
      with: [
        "my boyfriend, who falls asleep after 40 minutes",
        "our book club",
        "three teenagers",
        "my sister and me",
        "my flatmates",
      ],
    },
    requests: [
      "Can you recommend a {medium} like {liked}? {^mood}, please.",
      "I loved {liked}. What should I try next?",
      "We need a {medium} for tonight, for {with}. Something like {liked}?",
      "What is similar to {liked}, {mood}?",
      "Looking for a {medium}: {mood}. My all-time favourite is {liked}.",
      "Please give me five suggestions for people who liked {liked}.",
      "I want {mood}. Last good {medium}: {liked}. Ideas?",
      "Is {a} worth it if I liked {liked}?",
      "Which {medium} would you pick for {with}? They all agreed on {liked} once.",
    ],
    terse: [
      "{medium} like {liked}",
      "similar to {liked}",
      "{medium} recommendations {mood}",
      "after {liked}",
    ],
    details: [
      "It's for {with}.",
      "I've seen all the obvious ones.",
      "No horror.",
      "I prefer older things.",
      "{^mood}, if possible.",
    ],
    replies: [
      "If you like {trait}, try {a}. A second one: {b}.",
      "What makes {liked} special is {trait}. Closest to it: {a}. A bit off the beaten track: {b}.",
      "My suggestions:\n1. {a}\n2. {b}\n\nBoth have what you liked: {trait}.",
      "For {~with}, I'd start with {a}. If that goes down well, {b} next.",
    ],
    tips: [
      "Skip the trailer of {a}, it gives too much away.",
      "Tell me what you disliked last, that helps more than what you liked.",
      "{^b} needs a little patience at the start.",
    ],
    followUps: [
      ["Seen it. Another one?", "Then {b}. It's further away from {liked}, but shares {trait}."],
      ["Which one is shorter?", "{^a} is the quicker one. {^b} takes its time."],
      ["Without spoilers: is the ending happy?", "Without spoilers: satisfying. You won't feel cheated."],
      [
        "Perfect, thanks. And something for children?",
        'For a safe start, "Paddington" pleases everyone from five to ninety, as a book and on screen.',
      ],
    ],
    slips: [["That's a {medium} I said I'd already seen.", "My mistake. Cross it off and take {b}."]],
  },
};

const party: UseCase = {
  id: "plan-kids-birthday",
  domain: "leisure_family",
  english: {
    scenes: [
      {
        theme: "pirates",
        age: "six",
        game: "a treasure hunt with a burnt map",
        snack: "cucumber boats",
        craft: "eye patches",
      },
      {
        theme: "dinosaurs",
        age: "four",
        game: "digging bones out of the sandpit",
        snack: "egg cookies",
        craft: "masks",
      },
      {
        theme: "detectives",
        age: "nine",
        game: "a stolen cake and five clues",
        snack: "fingerprint biscuits",
        craft: "badges",
      },
      {
        theme: "space",
        age: "seven",
        game: "a relay in moon boots",
        snack: "planet skewers",
        craft: "rockets from tubes",
      },
      {
        theme: "football",
        age: "eight",
        game: "a mini tournament with odd rules",
        snack: "pizza balls",
        craft: "pennants",
      },
      { theme: "magic", age: "ten", game: "a potion lab", snack: "colour-changing lemonade", craft: "wands" },
      {
        theme: "forest animals",
        age: "five",
        game: "tracks and sounds",
        snack: "hedgehog buns",
        craft: "owls from cones",
      },
    ],
    slots: {
      guests: ["eight children", "twelve children", "five children and two babies", "the whole class"],
      place: ["in a small flat", "in the garden", "in the park", "at home, and rain is forecast"],
      money: ["80 euros", "a small budget", "no more than 100", "almost nothing"],
    },
    requests: [
      "Can you help me plan a {theme} birthday party? My child is turning {age}.",
      "I need game ideas for {guests} {place}. Theme: {theme}.",
      "How do I keep {guests} busy for three hours {place}?",
      "What could we do for a birthday, age {age}, {place}? Budget: {money}.",
      "Please write an invitation for a {theme} party for a child turning {age}.",
      "My daughter wants a {theme} party, with {guests}. What do I have to prepare?",
      "Which snacks fit a {theme} party? There will be {guests}.",
      "Could you make a schedule for a party {place}, with {guests}, about {theme}?",
      "Is a treasure hunt too much for a child of {age}? We celebrate {place}.",
    ],
    terse: [
      "{theme} party age {age}",
      "kids birthday {place}",
      "party games {guests}",
      "{theme} birthday {money}",
    ],
    details: [
      "We celebrate {place}.",
      "The budget is {money}.",
      "One child is very shy.",
      "There are {guests}.",
      "I have one free evening to prepare.",
    ],
    replies: [
      "For {theme}: {game}, {craft} to make, and {snack} to eat. With {guests}, plan something new every 25 minutes.",
      "Schedule:\n0:00 arrive and make {craft}\n0:40 {game}\n1:30 {snack} and cake\n2:10 free play\n2:50 goodbye",
      "The highlight could be {game}. Let them make {craft} first; that calms everyone while the last guests arrive. Food: {snack}.",
      "With {money} it works if you make things yourself: {craft}, {snack}, and for the game {game}.",
    ],
    tips: [
      "Plan half of what you think you need.",
      "A helper is worth more than any decoration.",
      "End on time.",
    ],
    followUps: [
      [
        "What if it rains?",
        "Then do {game} inside: clues in cupboards, under chairs, in the bath tub. It's more fun than you'd think.",
      ],
      [
        "Any ideas for party bags?",
        "What they made themselves ({craft}), a biscuit and a balloon. Nobody needs more plastic.",
      ],
      [
        "How do I deal with a child who doesn't want to join in?",
        "Give them a role: keeper of the map, judge, photographer. That works nearly always.",
      ],
      [
        "Could you write the invitation?",
        "\"Ahoy and hello! You're invited to my {theme} party. Bring old clothes and good mood. We'll be finished before the parents get tired.\"",
      ],
    ],
    slips: [
      [
        "That's far too difficult for a child of {age}.",
        "You're right, sorry. Simpler: leave out the reading, use pictures and colours.",
      ],
    ],
  },
};

const boardGame: UseCase = {
  id: "game-rules-question",
  domain: "leisure_family",
  english: {
    scenes: [
      {
        game: "Catan",
        q: "whether you can build on the same turn you draw a development card",
        a: "building yes, but the card itself can only be played from the next turn on",
      },
      { game: "chess", q: "whether you can castle out of check", a: "no: not out of, through or into check" },
      {
        game: "Scrabble",
        q: "whether names count",
        a: "only words that are not written with a capital letter",
      },
      {
        game: "poker",
        q: "what happens if two people have the same pair",
        a: "the highest of the other cards decides",
      },
      {
        game: "Carcassonne",
        q: "who gets the points when two cities are joined",
        a: "whoever has more followers in it; with a tie, both do",
      },
      {
        game: "Uno",
        q: "whether you can put a plus two on a plus two",
        a: "not by the official rules, though many people play it that way",
      },
      { game: "backgammon", q: "whether you must use both dice", a: "yes, if it's possible in any way" },
      {
        game: "Monopoly",
        q: "what you get for landing on free parking",
        a: "nothing at all; the pot of money is a house rule",
      },
    ],
    slots: {
      group: [
        "We're four people and a heated argument.",
        "My brother insists on his version.",
        "We lost the booklet.",
        "It's our first game.",
        "The kids are waiting.",
      ],
      players: ["two players", "five players", "a mixed group of kids and adults"],
    },
    requests: [
      "In {game}, we don't know {q}. Can you help?",
      "Quick rules question about {game}, since we can't agree on {q}. {group}",
      "How does {game} work? Please explain the basics for {players}.",
      "Please settle this for us, it's about {game}. The question is {q}.",
      "{group} It's {game}, and nobody can say {q}.",
      "What are good house rules for {game} with {players}?",
      "Can {game} be played with {players}?",
      "Could you suggest a game like {game} for {players}?",
      "What's the best opening strategy in {game}? {group}",
    ],
    terse: ["{game} rules {q}", "{game} for {players}", "{game} {q}", "{game} strategy"],
    details: [
      "{group}",
      "There are {players}.",
      "It's an old edition.",
      "The internet gives two different answers.",
    ],
    replies: [
      "By the rules of {game}: {a}.",
      "Easy to settle: {a}. House rules are fine, as long as everybody agrees before the game.",
      "On {q}: {a}. So much for the official side.",
      "Short explanation for {players}: the aim first, then one open round, then for real. As to your question, {a}.",
    ],
    tips: [
      "Agree on it before you start.",
      "Let the youngest player begin.",
      "Play the first round with open cards.",
    ],
    followUps: [
      [
        "He doesn't believe me.",
        "Tell him that it's in the official rules: {a}. After that, he may buy the next round.",
      ],
      [
        "And what if there's a tie?",
        "Then most rule books share the points or play one more round. Decide now, before it happens.",
      ],
      [
        "Something similar for {players}?",
        "Try a cooperative game; everyone wins or loses together, which suits a mixed group.",
      ],
      [
        "How long does a game take?",
        "With {players}, about an hour for the first and 40 minutes once you know it.",
      ],
    ],
    slips: [
      ["That's the rule of another edition.", "You're right, editions differ. For the standard one: {a}."],
    ],
  },
};

const photo: UseCase = {
  id: "photography-settings",
  domain: "leisure_family",
  english: {
    scenes: [
      {
        shot: "the Milky Way",
        set: "20 seconds, f/2.8, ISO 3200",
        gear: "a tripod and a wide lens",
        fail: "stars become lines after about 25 seconds",
      },
      {
        shot: "my son's indoor football game",
        set: "1/800 s, aperture wide open, auto ISO",
        gear: "a fast telephoto lens",
        fail: "everything blurs below 1/500 s",
      },
      {
        shot: "a waterfall with silky water",
        set: "one second, f/11, ISO 100",
        gear: "a grey filter and a tripod",
        fail: "without the filter it's far too bright",
      },
      {
        shot: "portraits by a window",
        set: "f/2, 1/200 s, focus on the near eye",
        gear: "a 50 mm lens and a white sheet as a reflector",
        fail: "mixed light makes skin look green",
      },
      {
        shot: "fireworks",
        set: "four seconds, f/8, ISO 100",
        gear: "a tripod and a remote release",
        fail: "smoke builds up, so shoot early",
      },
      {
        shot: "a black dog",
        set: "plus one stop of exposure",
        gear: "soft light from the side",
        fail: "the camera turns black into grey mush",
      },
      {
        shot: "food for my blog",
        set: "f/4, window light from behind",
        gear: "a sheet of white card",
        fail: "flash from the front kills everything",
      },
    ],
    slots: {
      cam: ["my phone", "an old DSLR", "a mirrorless camera", "a compact camera", "a film camera"],
      issue: ["too dark", "blurry", "flat", "overexposed", "noisy"],
    },
    requests: [
      "Which settings do I use to photograph {shot}?",
      "My pictures of {shot} come out {issue}. What am I doing wrong?",
      "How do I photograph {shot} with {cam}?",
      "Can I take a good picture of {shot} with {cam}?",
      "I want to shoot {shot} this weekend. What equipment do I need?",
      "Please explain aperture and shutter speed with an example: {shot}.",
      "Do you have tips for {shot}? I use {cam}.",
      "What do I do if photos of {shot} are always {issue}?",
      "Is {cam} good enough for {shot}, or should I buy something else?",
    ],
    terse: ["{shot} camera settings", "photograph {shot} {cam}", "photos {issue} {shot}", "{cam} {shot}"],
    details: [
      "I use {cam}.",
      "They usually turn out {issue}.",
      "I'm a beginner.",
      "No money for new gear.",
      "There will be only one chance.",
    ],
    replies: [
      "Start with {set}. You'll want {gear}. Watch out: {fail}.",
      "For {~shot}: {set}. If the result is {issue}, change only one value at a time. And {fail}.",
      "With {~cam} it's possible. Helpful: {gear}. Settings to begin with: {set}.",
      "The trick with {~shot} is light, not gear. {^set}. Keep in mind: {fail}.",
    ],
    tips: [
      "Shoot raw if you can.",
      "Practise the day before in your own street.",
      "Look at the histogram and not at the screen.",
    ],
    followUps: [
      [
        "Still {issue}.",
        "Then let's check one thing after the other: focus first, then shutter speed, then exposure. Send me the values of one picture.",
      ],
      ["What about flash?", "Here it does more harm than good. Raise the ISO before you use it."],
      [
        "How do I edit that afterwards?",
        "A little: straighten, crop, exposure, white balance. Stop before it shows.",
      ],
      [
        "Do I need a tripod?",
        "For {~shot}, a wall or a bag of rice can stand in for it. Use the self-timer.",
      ],
    ],
    slips: [
      [
        "{^cam} doesn't let me set any of that.",
        "Sorry, I assumed manual mode. Then tap on the subject to focus, and slide up or down for brightness.",
      ],
    ],
  },
};

export const leisureFamily: readonly UseCase[] = [watch, party, boardGame, photo];
