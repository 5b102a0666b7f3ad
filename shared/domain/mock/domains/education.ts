import type { UseCase } from "../script.ts";

const maths: UseCase = {
  id: "maths-homework",
  domain: "education",
  english: {
    known: ["result"],
    scenes: [
      {
        task: "solve 3x + 7 = 22",
        topic: "linear equations",
        step: "subtract 7 on both sides, then divide by 3",
        result: "x = 5",
      },
      {
        task: "factorise x² - 5x + 6",
        topic: "quadratics",
        step: "look for two numbers with product 6 and sum -5",
        result: "(x - 2)(x - 3)",
      },
      {
        task: "find the area of a triangle with base 8 and height 5",
        topic: "geometry",
        step: "multiply base by height and halve it",
        result: "20",
      },
      {
        task: "differentiate f(x) = x³ - 4x",
        topic: "derivatives",
        step: "bring the exponent down and reduce it by one, term by term",
        result: "f'(x) = 3x² - 4",
      },
      {
        task: "work out 15 % of 240",
        topic: "percentages",
        step: "take 10 % and then half of that again",
        result: "36",
      },
      { task: "add 2/3 and 3/4", topic: "fractions", step: "bring both to twelfths", result: "17/12" },
      {
        task: "find the probability of two sixes in a row",
        topic: "probability",
        step: "multiply the chances, as the throws are independent",
        result: "1/36",
      },
      {
        task: "solve the system x + y = 10 and x - y = 4",
        topic: "systems of equations",
        step: "add both equations, so that y disappears",
        result: "x = 7 and y = 3",
      },
      {
        task: "simplify log 100 + log 10",
        topic: "logarithms",
        step: "ask which power of ten gives each number",
        result: "3",
      },
      {
        task: "find the third side of a right triangle with legs 6 and 8",
        topic: "Pythagoras",
        step: "square both, add them, and take the root",
        result: "10",
      },
    ],
    slots: {
      pupil: [
        "my son, who is in year 7",
        "my niece",
        "myself, I'm going back to school",
        "my daughter",
        "a pupil I tutor",
      ],
      test: ["tomorrow", "on Friday", "next week", "in two days"],
    },
    requests: [
      "Can you help me with my maths homework? I have to {task}.",
      "How do I {task}? Please don't just give me the answer.",
      "I don't understand {topic}. For example: {task}.",
      "Could you explain {topic} to {pupil}? The exercise is to {task}.",
      "I've got a test on {topic} {test}. Can we practise? First one: {task}.",
      "What's the easiest way to {task}?",
      "I tried to {task} and got something weird. Can you show me every step?",
      "Please check: I was asked to {task} and my result is {result}. Is that right?",
      "Why do we need {topic} at all? And how would I {task}?",
      "Make me five exercises like this one: {task}. With solutions, please.",
    ],
    terse: ["{task}", "{topic} explained", "how to {task}", "{topic} exercises with solutions"],
    details: [
      "It's for {pupil}.",
      "The test is {test}.",
      "My teacher goes way too fast.",
      "I always mess up the signs.",
      "We're not allowed to use a calculator.",
      "I'm really bad at {topic}.",
    ],
    replies: [
      "Let's do it together. Hint: {step}. What do you get?",
      "Step by step: {step}. That gives {result}. Try to explain to yourself why it works.",
      "The idea behind {topic} is simple: {step}. With your example the result is {result}.",
      "To {task}, first write down what you know. Then {step}. Result: {result}. Do a check by putting it back in.",
    ],
    tips: [
      "A sketch never hurts.",
      "Write one step per line, then you'll find your own mistakes.",
      "Do three more of the same kind today and one tomorrow.",
    ],
    followUps: [
      [
        "I got {result}. Correct?",
        "Correct! Now the same with other numbers: double all of them and see what happens to the result.",
      ],
      [
        "Why do you do that step?",
        "Because it leaves the value the same and makes the thing simpler: {step}. Everything else follows from it.",
      ],
      [
        "I still don't get it.",
        "No problem, another way: picture a balance. Whatever you do on one side, you do on the other. Now {step}.",
      ],
      [
        "Can you give me a harder one?",
        "Here is one: take the task you just solved and replace one number by a letter. Solve it in general.",
      ],
      [
        "How can I check that myself?",
        "Put the result back into the original task. If both sides agree, it's right. If not, go through the signs first.",
      ],
    ],
    slips: [
      [
        "Our book says something else. Are you sure?",
        "Let me check again... The steps: {step}. I stand by {result}, but show me the book's version; perhaps it is written in another form.",
      ],
      [
        "You skipped a step and now I'm lost.",
        "Sorry, too fast. Slowly: first, {step}. Write that down. Only then look at the result, {result}.",
      ],
    ],
  },
};

const essay: UseCase = {
  id: "essay-feedback",
  domain: "education",
  english: {
    scenes: [
      {
        topic: "whether school uniforms make sense",
        thesis: "uniforms reduce pressure but not inequality",
        weak: "the second argument has no evidence",
        better: "add a study or an example from a real school",
      },
      {
        topic: "the role of fate in Macbeth",
        thesis: "the witches only say what he already wants",
        weak: "you retell the plot for a whole page",
        better: "quote one line and analyse it closely",
      },
      {
        topic: "social media and friendship",
        thesis: "weak ties grow, strong ties suffer",
        weak: "the conclusion brings in a new argument",
        better: "end with what follows from your three points",
      },
      {
        topic: "the causes of the First World War",
        thesis: "the alliances made a local war a general one",
        weak: "everything is equally important",
        better: "rank the causes and defend the ranking",
      },
      {
        topic: "nuclear power and the climate",
        thesis: "the question is one of time, not of principle",
        weak: "the other side gets just one sentence",
        better: "give the best opposing argument first",
      },
      {
        topic: "a book that changed me",
        thesis: "I stopped looking for heroes",
        weak: 'it says "interesting" nine times',
        better: "describe the one page that did it",
      },
      {
        topic: "free public transport",
        thesis: "it shifts costs rather than removes them",
        weak: "the introduction starts with the dawn of time",
        better: "begin with a concrete city",
      },
    ],
    slots: {
      level: [
        "a college application",
        "my English class",
        "a philosophy seminar",
        "the final exam",
        "a scholarship",
      ],
      words: ["500 words", "800 words", "1,200 words", "two pages"],
    },
    requests: [
      "Can you give me feedback on my essay about {topic}? My thesis: {thesis}.",
      "I'm writing {words} on {topic} for {level}. Is this a good thesis: {thesis}?",
      "How do I structure an essay on {topic}?",
      'My teacher wrote: "{weak}". What does she mean, and how do I fix it? The essay is about {topic}.',
      "What would be a strong opening for an essay about {topic}?",
      "Please help me outline {words} on {topic}.",
      "I have an essay due on {topic} and I don't know where to start.",
      "Could you argue against my thesis that {thesis}? I need counterarguments.",
      "Is my conclusion too short? Essay on {topic}, {words}, for {level}.",
    ],
    terse: [
      "essay {topic}",
      "outline {topic} {words}",
      "thesis statement {topic}",
      "essay feedback: {thesis}",
    ],
    details: [
      "It's for {level}.",
      "The limit is {words}.",
      "I'm allowed to get feedback but not to have it written.",
      "I've got three pages of notes.",
      "It's due tomorrow.",
    ],
    pastes: [
      "My first paragraph:\n\nPeople have always talked about {topic}. Some say one thing, others say the contrary, and both have good reasons. In this essay I will look at the arguments and then give my own opinion, which is that {thesis}. It is an interesting question because it concerns all of us, and because in recent years it has been discussed more and more. At the end I will draw a conclusion.",
    ],
    replies: [
      "A structure that carries: 1. a concrete question, 2. your answer in one sentence, 3. two arguments with evidence, 4. the best objection, 5. what follows from it. What is your answer at the moment?",
      "One sharp claim beats five facts. Write the claim in a single sentence, and everything that does not serve it can go. Shall we try that with your first paragraph?",
      "Your thesis is arguable, which is good: {~thesis}. What I'd improve: {weak}, so {better}.",
      "Structure: 1. question, 2. thesis ({~thesis}), 3. two arguments with evidence, 4. the best objection, 5. answer. And {better}.",
      "The idea carries. Right now {weak}. Try this: {better}.",
      "For {~level}, clarity beats brilliance. Say in the first paragraph that {~thesis}, then {better}.",
    ],
    tips: [
      "Read only the first sentences of your paragraphs: do they tell the story?",
      "Delete the first paragraph and see whether anybody would miss it.",
      "I'd rather help you improve it than write it for you.",
    ],
    followUps: [
      [
        "Could you write the introduction for me?",
        "I'd rather give you a frame: one concrete scene, the question it raises, and your thesis that {~thesis}. Write it, and I'll comment.",
      ],
      [
        "Is the thesis too obvious?",
        'Sharpen it with "although": although most people think the contrary, {~thesis}. Then there\'s tension.',
      ],
      [
        "How do I find sources?",
        "Search the library catalogue for {~topic}, take one overview and follow its references. Two good sources beat ten links.",
      ],
      [
        "How can I get to {words}?",
        "Not by adding adjectives. Add one objection and your answer to it; that's 150 words and makes it better.",
      ],
    ],
    slips: [
      [
        "I didn't ask you to rewrite it, I only wanted feedback.",
        "Understood, and sorry. Feedback only: {weak}. My suggestion: {better}.",
      ],
    ],
  },
};

const science: UseCase = {
  id: "explain-science-concept",
  domain: "education",
  english: {
    known: ["wrong", "concept"],
    scenes: [
      {
        concept: "photosynthesis",
        plain: "plants build sugar from air and water, with light as the energy",
        picture: "a kitchen that runs on sunlight",
        wrong: "that plants eat soil",
      },
      {
        concept: "why the sky is blue",
        plain: "short waves are scattered more by the air",
        picture: "small balls that bounce off everything, while big ones roll on",
        wrong: "that it mirrors the sea",
      },
      {
        concept: "inflation",
        plain: "money buys less over time",
        picture: "a ruler that shrinks",
        wrong: "that all prices rise at the same pace",
      },
      {
        concept: "how vaccines work",
        plain: "they show the body a picture of the enemy before it comes",
        picture: "a wanted poster",
        wrong: "that they contain the full disease",
      },
      {
        concept: "black holes",
        plain: "so much mass in so little room that not even light gets away",
        picture: "a river that flows faster than any fish can swim",
        wrong: "that they suck in everything like a vacuum cleaner",
      },
      {
        concept: "evolution",
        plain: "small differences that help are passed on more often",
        picture: "a recipe that is copied with typos",
        wrong: "that animals change because they want to",
      },
      {
        concept: "plate tectonics",
        plain: "the crust is broken into slabs that slowly move",
        picture: "ice floes on thick porridge",
        wrong: "that the mantle is liquid",
      },
      {
        concept: "entropy",
        plain: "there are far more disordered states than ordered ones",
        picture: "a child's room",
        wrong: "that it is the same as chaos",
      },
      {
        concept: "the greenhouse effect",
        plain: "some gases let sunlight in and hold back the heat",
        picture: "a blanket",
        wrong: "that it is caused by the hole in the ozone layer",
      },
    ],
    slots: {
      aud: [
        "a ten-year-old",
        "my grandfather",
        "someone without any background",
        "a class of fifteen-year-olds",
        "myself, with a history degree",
      ],
      form: [
        "in simple words",
        "with an example from everyday life",
        "in five sentences",
        "with an analogy",
        "without formulas",
      ],
    },
    requests: [
      "Can you explain {concept} {form}?",
      "How would you explain {concept} to {aud}?",
      "I have to present {concept} in class. What are the key points?",
      "What is a good analogy for {concept}?",
      "I never really understood {concept}. Help?",
      "Is it true what people say about {concept}, namely {wrong}?",
      "Please write a short text about {concept} for {aud}.",
      "What experiment could I do at home to show {concept}?",
      "My kid asked me about {concept} and I had no answer. Could you explain it {form}?",
    ],
    terse: ["{concept} explained {form}", "eli5 {concept}", "{concept} analogy", "what is {concept}"],
    details: [
      "It's for {aud}.",
      "I've watched three videos and am more confused than before.",
      "Please keep it short.",
      "It's okay if it's simplified.",
      "The exam is next week.",
    ],
    replies: [
      "In a sentence: {plain}. Picture {picture}. A common misunderstanding is {wrong}.",
      "Think of {picture}. The core of it: {plain}.",
      "For {~aud}: {plain}. If they ask further, use {picture} as an image. And clear up one thing: it is wrong {wrong}.",
      "Short: {plain}. Longer: imagine {picture}. As long as you keep that image in mind, the rest follows.",
    ],
    tips: [
      "Let the other person explain it back to you.",
      "An image is only an image; at some point it breaks down.",
      "If you like, I can make a quiz out of it.",
    ],
    followUps: [
      [
        "And where does the analogy break down?",
        "With {picture}, the scale is wrong and there's no intention behind it. For the basic idea it holds.",
      ],
      [
        "Could you make a quiz?",
        "1. Say in one sentence what happens. 2. What would change if one ingredient were missing? 3. Why is it wrong {wrong}?",
      ],
      ["Too complicated, still.", "Then only this: {plain}. Nothing else, for today."],
      [
        "What's the proper scientific definition?",
        'More formally, it\'s described by measurable quantities and a law that connects them; your textbook has it under "{concept}". The gist remains: {plain}.',
      ],
    ],
    slips: [
      [
        "My teacher says your analogy is misleading.",
        "Your teacher has a point, no analogy is perfect, sorry if it confused you. What's safe to say: {plain}.",
      ],
    ],
  },
};

const language: UseCase = {
  id: "language-practice",
  domain: "education",
  english: {
    known: ["ex", "point"],
    scenes: [
      {
        lang: "Spanish",
        point: "ser and estar",
        rule: "ser for what something is, estar for how or where it is",
        ex: "Soy de Irlanda, estoy cansada.",
      },
      {
        lang: "German",
        point: "der, die and das",
        rule: "learn the article with the noun; endings help a little",
        ex: "die Zeitung, das Mädchen, der Löffel",
      },
      {
        lang: "French",
        point: "the past tense with être",
        rule: "verbs of coming and going take être",
        ex: "Je suis arrivée à midi.",
      },
      {
        lang: "Japanese",
        point: "the particles wa and ga",
        rule: "wa sets the topic, ga points at the subject",
        ex: "Neko ga imasu. Neko wa nete imasu.",
      },
      {
        lang: "Italian",
        point: "when to use the passato prossimo",
        rule: "for finished events with a result",
        ex: "Ieri ho mangiato una pizza.",
      },
      {
        lang: "English",
        point: "since and for",
        rule: "since plus a point in time, for plus a duration",
        ex: "I have lived here since 2019, for seven years.",
      },
      {
        lang: "Portuguese",
        point: "por and para",
        rule: "para for aim and direction, por for reason and way",
        ex: "Vou para Lisboa por causa do mar.",
      },
      {
        lang: "Dutch",
        point: "the word order in subordinate clauses",
        rule: "the verb goes to the end",
        ex: "Ik weet dat hij morgen komt.",
      },
    ],
    slots: {
      level: ["a beginner", "at level A2", "at level B1", "rusty, after ten years", "fairly advanced"],
      aim: ["for a holiday", "for my in-laws", "for an exam", "for work", "just for fun"],
    },
    requests: [
      "Can you help me practise {lang}? I'm {level}.",
      "I don't understand {point} in {lang}. Could you explain it with examples?",
      "What's the difference in {lang}: {point}?",
      "Let's have a conversation in {lang}, and please correct my mistakes. I'm {level}.",
      "How do I learn {lang} {aim} in half an hour a day?",
      'Is this sentence right? "{ex}" I\'m learning {lang}.',
      "Please give me ten exercises on {point} in {lang}.",
      "I'm learning {lang} {aim}. Which mistakes do people make with {point}?",
      "Could you make a study plan for {lang}? I'm {level} and want to learn it {aim}.",
    ],
    terse: ["{lang} {point}", "learn {lang} {aim}", "{point} explained", "{lang} exercises {point}"],
    details: [
      "I'm {level}.",
      "It's {aim}.",
      "Apps bore me after a week.",
      "My listening is better than my speaking.",
      "Please answer in English.",
    ],
    replies: [
      "The rule of thumb: {rule}. Example: {ex}",
      'For {point}: {rule}. Look at this: "{ex}" Now make a sentence of your own, and I\'ll correct it.',
      "Happy to! As you're {level}, we'll start with short sentences. Keep this in mind: {rule}. An example: {ex}",
      "Half an hour a day is plenty: ten minutes of listening, ten of reading, ten of speaking aloud. This week's focus: {point}. {^rule}.",
    ],
    tips: [
      "Learn whole sentences, not words.",
      "Mistakes are the point of practising.",
      "Repeat it tomorrow, then in three days, then in a week.",
    ],
    followUps: [
      [
        "Are there exceptions?",
        "A few, and they are common words, so you'll pick them up. Until then, {rule}.",
      ],
      [
        "Can you give me some sentences to translate?",
        "1. I am at home. 2. She has arrived. 3. We have been waiting for an hour. 4. I know that he is coming. Send me your versions.",
      ],
      [
        "How would a native speaker say that?",
        'More casually, and shorter. But "{ex}" is correct and natural.',
      ],
      ['Okay, my try: "{ex}"', "Perfect! Now change the person: say the same about a friend."],
    ],
    slips: [
      [
        "A native speaker told me that your example sounds odd.",
        "Thanks for checking, they will be right about the nuance. The grammar holds: {rule}.",
      ],
    ],
  },
};

const exam: UseCase = {
  id: "exam-revision-plan",
  domain: "education",
  english: {
    scenes: [
      {
        exam: "the anatomy exam",
        load: "600 pages",
        method: "flashcards with pictures",
        first: "the systems you find hardest",
      },
      {
        exam: "my driving theory test",
        load: "about a thousand questions",
        method: "short rounds on the phone, several times a day",
        first: "right of way",
      },
      {
        exam: "the bar exam",
        load: "eleven subjects",
        method: "one case a day under time pressure",
        first: "the subjects that come up every year",
      },
      {
        exam: "my A-levels in biology and history",
        load: "two years of notes",
        method: "past papers",
        first: "genetics and the interwar years",
      },
      {
        exam: "a certification in project management",
        load: "a thick guide",
        method: "a summary page per chapter",
        first: "the vocabulary",
      },
      {
        exam: "the entrance test for medical school",
        load: "physics that I dropped at sixteen",
        method: "daily practice with a timer",
        first: "mechanics",
      },
      {
        exam: "a statistics resit",
        load: "twelve problem sheets",
        method: "solving without looking at the solution",
        first: "the sheet you failed",
      },
    ],
    slots: {
      weeks: ["two weeks", "five weeks", "ten days", "three months", "four days"],
      block: [
        "I work full-time",
        "I can't concentrate for long",
        "I panic in exams",
        "I keep putting it off",
        "I've got two small kids",
      ],
    },
    requests: [
      "Can you make a revision plan for {exam}? I have {weeks}.",
      "How do I prepare for {exam} in {weeks}? It's {load}.",
      "I have {exam} in {weeks} and {block}. Help!",
      "What's the best way to learn {load}?",
      "Please help me plan: {exam}, {weeks}, {load}.",
      "Is {weeks} enough for {exam}? {^block}.",
      "How can I remember things better for {exam}?",
      "I failed {exam} once already. What should I do differently this time?",
      "My problem with {exam} isn't the material: {block}. Any strategy?",
    ],
    terse: ["study plan {exam} {weeks}", "{exam} tips", "how to learn {load}", "{block} exam"],
    details: [
      "{^block}.",
      "I'm a morning person.",
      "There are old exams online.",
      "I need at least a C.",
      "A friend is taking it, too.",
    ],
    replies: [
      "With {weeks}: a third for understanding, half for practice, the rest for repetition. Begin with {first}. The best tool for this: {method}.",
      "Plan for {~exam}:\n1. List all topics and mark them green, yellow or red.\n2. Start with {first}.\n3. Every day {method}.\n4. The last two days: only repetition and sleep.",
      "{^~load} sounds like a lot, but not everything counts the same. First {first}. Then {method}, because testing yourself works better than reading.",
      "As {~block}, plan small: two blocks of 40 minutes a day, same time, same place. Content: {first}, then on to {method}.",
    ],
    tips: [
      "Stop reading, start recalling.",
      "Sleep is revision as well.",
      "Tell someone your plan, it makes it harder to skip.",
    ],
    followUps: [
      [
        "Could you make a timetable for the first week?",
        "Mon to Fri: 40 minutes of new material, a break, 40 minutes of {method}. Sat: one test under exam conditions. Sun: off.",
      ],
      ["What if I fall behind?", "Don't catch up at night. Cut the least important topic and carry on."],
      [
        "How do I deal with nerves?",
        "Practise the situation: timer, desk, no phone. And start the exam with the question you find easiest.",
      ],
      ["Group or alone?", "Alone for learning, in a group for explaining. Whoever explains, learns most."],
    ],
    slips: [
      [
        "That's eight hours a day. {^block}, remember?",
        "You're right, that was unrealistic, sorry. Two blocks of 40 minutes, and {first} before anything else.",
      ],
    ],
  },
};

export const education: readonly UseCase[] = [maths, science, language, essay, exam];
