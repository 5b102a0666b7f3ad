import type { UseCase } from "../script.ts";

const workout: UseCase = {
  id: "workout-plan",
  domain: "health_fitness",
  english: {
    scenes: [
      {
        goal: "build some muscle",
        gear: "two dumbbells and a mat",
        a: "squats, rows, push-ups",
        b: "lunges, shoulder press, plank",
        ease: "ten repetitions, two sets",
      },
      {
        goal: "lose five kilos",
        gear: "no equipment",
        a: "brisk walking with short hills",
        b: "squats, push-ups on the table, plank",
        ease: "twenty minutes to begin with",
      },
      {
        goal: "get rid of the back pain from sitting",
        gear: "a yoga mat",
        a: "bird dog, bridge, cat-cow",
        b: "rows with a towel, hip stretch, dead bug",
        ease: "slowly, without pain",
      },
      {
        goal: "do my first pull-up",
        gear: "a bar in the door frame",
        a: "hanging and slow negatives",
        b: "rows under the table, push-ups",
        ease: "five negatives, three rounds",
      },
      {
        goal: "get fit again after having a baby",
        gear: "an elastic band",
        a: "breathing and pelvic floor work",
        b: "squats to a chair, band rows, walking",
        ease: "after your midwife's okay",
      },
      {
        goal: "get stronger for climbing",
        gear: "a membership at the climbing gym",
        a: "easy routes and hangs",
        b: "push-ups and wrist work",
        ease: "two rest days in between",
      },
      {
        goal: "stay mobile at seventy",
        gear: "a chair and a staircase",
        a: "stand up and sit down, calf raises",
        b: "balance on one leg, arm circles",
        ease: "beside something to hold on to",
      },
      {
        goal: "prepare for a ten-kilometre run",
        gear: "running shoes",
        a: "easy running, so that you can still talk",
        b: "short hills and strength for the legs",
        ease: "one minute running, one minute walking",
      },
    ],
    slots: {
      freq: [
        "twice a week",
        "three times a week",
        "four times a week",
        "20 minutes a day",
        "on weekends only",
      ],
      limit: [
        "I have a bad knee",
        "I get bored quickly",
        "my shoulder clicks",
        "I've not done sports for ten years",
        "I work night shifts",
        "I travel a lot",
      ],
    },
    requests: [
      "Can you make a workout plan for me? I'd like to {goal}, {freq}, with {gear}.",
      "What exercises help me {goal}? I have {gear}.",
      "How do I {goal} if I can train only {freq}?",
      "I want to {goal}, but {limit}. Could you suggest a routine?",
      "Please write a four-week training plan, {freq}, for a beginner who wants to {goal}.",
      "Is {freq} enough to {goal}?",
      "I've got {gear} and {limit}. What does a sensible training look like?",
      "My goal is to {goal} by {the summer|Christmas|my birthday}. Realistic?",
      "Give me a short home workout with {gear}. {^limit}.",
      "How should I begin? I would like to {goal} and {limit}.",
    ],
    terse: ["workout plan {goal}", "{goal} {freq}", "home training {gear}", "exercises {goal}, {limit}"],
    details: [
      "{^limit}.",
      "I have {gear} at home.",
      "Gyms make me feel awkward.",
      "I have half an hour at most.",
      "Motivation is my weak spot.",
      "I started twice already and stopped after a month.",
    ],
    replies: [
      "Plan, {freq}:\nDay A: {a}\nDay B: {b}\n\nTo begin with: {ease}. Add a little every week.",
      "To {~goal}, two alternating sessions are enough. First: {a}. Second: {b}. To begin with: {ease}.",
      "{^freq} is fine. Take turns: {a} on one day, {b} on the next. What counts in the first month is that you show up, so start easy ({ease}).",
      "As {~limit}, begin carefully ({ease}). The programme: {a} on one day, {b} on the other. Stop if something hurts sharply.",
    ],
    tips: [
      "Write down what you did; it's the best motivation.",
      "Warm up for five minutes.",
      "Rest days are part of the plan.",
    ],
    followUps: [
      [
        "How do I do that one correctly?",
        "Slowly, with a straight back, and only as deep as it feels stable. Film yourself from the side once, that shows more than a mirror.",
      ],
      [
        "What should I eat?",
        "Nothing fancy: protein with every meal, vegetables, enough sleep. Supplements can wait.",
      ],
      [
        "I was so sore that I could hardly walk.",
        "Then it was too much at once. Take two days off, walk a little, and do half next time.",
      ],
      [
        "When will I see results?",
        "You'll feel a difference after three weeks, others will see it after eight to ten.",
      ],
      [
        "Can I swap one exercise? {^limit}.",
        "Yes. Replace whatever hurts with an easier version of the same movement; the plan survives that.",
      ],
      ["I missed a whole week.", "Happens to everyone. Repeat the last week as it was and go on."],
    ],
    slips: [
      [
        "That needs a barbell. I only have {gear}.",
        "Sorry, I overlooked it. With {gear}: {a} on day A, {b} on day B.",
      ],
      [
        "Jumping? With my knee?",
        "You're right, that was careless. Leave out everything with jumps and stay with {b}.",
      ],
    ],
  },
};

const symptom: UseCase = {
  id: "symptom-question",
  domain: "health_fitness",
  concern: 2,
  english: {
    scenes: [
      {
        sign: "a dull headache every afternoon",
        likely: "too little water, a fixed posture or tired eyes",
        watch: "it comes suddenly and is the worst of your life",
        do: "drink, move every hour and get your eyes checked",
      },
      {
        sign: "a rash on my forearm",
        likely: "contact with a plant, soap or metal",
        watch: "it spreads fast or you have trouble breathing",
        do: "wash it with water and leave off new products",
      },
      {
        sign: "a cough that has lasted for three weeks",
        likely: "the tail of an infection",
        watch: "you cough up blood or get short of breath",
        do: "have it looked at, as it's past three weeks",
      },
      {
        sign: "tingling in two fingers at night",
        likely: "pressure on a nerve at the wrist",
        watch: "your grip gets weak",
        do: "try a splint at night",
      },
      {
        sign: "dizziness when I stand up",
        likely: "low blood pressure or too little fluid",
        watch: "you faint or your heart races",
        do: "get up in stages and drink more",
      },
      {
        sign: "heartburn after dinner",
        likely: "a late, heavy meal",
        watch: "you lose weight or swallowing hurts",
        do: "eat earlier and raise the head of the bed",
      },
      {
        sign: "a swollen ankle after a hike",
        likely: "a mild sprain",
        watch: "you can't put weight on it",
        do: "rest, cool, compress and put it up",
      },
      {
        sign: "ringing in one ear",
        likely: "stress or a loud event",
        watch: "your hearing drops",
        do: "see a doctor within a day or two if it stays",
      },
    ],
    slots: {
      since: [
        "for a week",
        "since Sunday",
        "for about two months, on and off",
        "since I changed jobs",
        "for ten days",
      ],
      who: [
        "I'm 34 and otherwise healthy",
        "I'm 61 and take blood pressure tablets",
        "it's my husband, he won't see a doctor",
        "I'm 27",
        "I'm 48 and sit all day",
      ],
    },
    requests: [
      "I've had {sign} {since}. What could it be?",
      "Should I see a doctor about {sign}? {^who}.",
      "What causes {sign}, and when is it serious?",
      "Is {sign} something to worry about? It's been there {since}.",
      "Can stress cause {sign}?",
      "What helps against {sign}? {^who}.",
      "I can't get an appointment until next month and have {sign}. What can I do meanwhile?",
      "Please don't tell me to google it: {sign}, {since}. {^who}.",
      "How do I describe {sign} to my doctor so that she takes it seriously?",
    ],
    terse: ["{sign}", "{sign} {since}", "{sign} causes", "{sign} doctor or wait"],
    details: [
      "{^who}.",
      "No fever.",
      "It's worse in the evening.",
      "My mother had something similar.",
      "I take no medication.",
      "I'm a bit anxious about it, to be honest.",
    ],
    replies: [
      "I can't examine you, but often the reason is {likely}. What you can do: {do}. Please get it checked at once if {watch}.",
      "Common causes are {likely}. A warning sign would be that {watch}. Otherwise, {do}.",
      "Most of the time that's harmless: {likely}. {^do}. If it isn't better in two weeks, or if {watch}, see a doctor.",
      "Let's sort it. Likely: {likely}. Urgent if {watch}. For now: {do}.",
    ],
    tips: [
      "This doesn't replace a doctor's advice.",
      "Note when it happens and what you did before; it helps with the diagnosis.",
      "A pharmacist can often help without an appointment.",
    ],
    followUps: [
      [
        "It's been getting worse.",
        "Then don't wait for it to pass. Call your doctor's surgery today and say \"{sign}, getting worse\"; that changes the priority.",
      ],
      ["Could it be something bad?", "It's possible but unlikely. The sign to look for is whether {watch}."],
      [
        "What kind of doctor should I go to?",
        "Start with your family doctor, who knows you and will refer you if needed.",
      ],
      [
        "Can I still do sports?",
        "Gently, yes, as long as it does not get worse. Skip intense training until it's gone.",
      ],
    ],
    slips: [
      [
        "I told you my age and you're talking about children.",
        "I'm sorry, I mixed that up. For you: {likely} is the usual cause, and {do}.",
      ],
    ],
  },
};

const sleep: UseCase = {
  id: "sleep-better",
  domain: "health_fitness",
  english: {
    scenes: [
      {
        trouble: "I wake up at four and can't get back to sleep",
        cause: "alcohol, stress or an early bedtime",
        step: "get up for ten minutes, read in dim light and go back when you are sleepy",
      },
      {
        trouble: "I lie awake for two hours",
        cause: "a bed that has become a place for thinking",
        step: "go to bed later, and only when you are really tired",
      },
      {
        trouble: "I sleep eight hours and am still exhausted",
        cause: "poor quality rather than quantity",
        step: "ask someone whether you snore or stop breathing",
      },
      {
        trouble: "my shifts change every week",
        cause: "a body clock that never catches up",
        step: "keep one anchor: the same four hours of sleep on every day",
      },
      {
        trouble: "my mind races as soon as the light is off",
        cause: "a day without a single pause",
        step: "write tomorrow's list an hour before bed",
      },
      {
        trouble: "I fall asleep on the sofa and am wide awake in bed",
        cause: "the nap on the sofa, which takes away the sleep pressure",
        step: "no dozing after seven",
      },
      {
        trouble: "the baby wakes us every two hours",
        cause: "simply the baby",
        step: "split the night in two shifts, so that each of you gets one long stretch",
      },
    ],
    slots: {
      tried: [
        "magnesium",
        "camomile tea",
        "melatonin",
        "no screens after nine",
        "a new mattress",
        "white noise",
        "meditation",
      ],
      since: [
        "for months",
        "since the time change",
        "since we moved",
        "for as long as I can remember",
        "since I started the new job",
      ],
    },
    requests: [
      "How can I sleep better? {^trouble}.",
      "{^trouble}. I've tried {tried}, without success.",
      "Why do I sleep so badly {since}? {^trouble}.",
      "Does {tried} really help with sleep?",
      "Can you help me build an evening routine? {^trouble}.",
      "What should I do at night when {trouble}?",
      "I'm so tired. {^since}, {trouble}. What would you change first?",
      "Please give me tips that go beyond {tried}. {^trouble}.",
      "Is it normal that {trouble}?",
    ],
    terse: ["{trouble}", "sleep tips {tried}", "insomnia {since}", "{tried} sleep help"],
    details: [
      "It's been like this {since}.",
      "I drink two coffees, both before noon.",
      "My bedroom is dark and quiet.",
      "I've also tried {tried}.",
      "I don't want to take pills.",
    ],
    replies: [
      "A frequent reason is {cause}. What helps most: {step}. Give it two weeks.",
      "If {~trouble}, the usual suspect is {cause}. One change at a time, starting with this: {step}.",
      "{^tried} helps some people a little. What helps more people a lot: a fixed time to get up. And in your case: {step}.",
      "You're not alone with it. Behind it is often {cause}. Try the following: {step}.",
    ],
    tips: [
      "Turn the clock to the wall.",
      "If it lasts for more than three months, talk to a doctor; there's a good therapy for it.",
      "Daylight in the first hour of the day works better than any tea.",
    ],
    followUps: [
      [
        "What about naps?",
        "Twenty minutes before three in the afternoon is fine. Longer ones borrow from the night.",
      ],
      [
        "And coffee?",
        "It takes about six hours for half of it to leave the body. Try to have the last one at noon for a week.",
      ],
      [
        "Is melatonin safe?",
        "For jet lag, for a few days, usually yes. For anything longer, ask your doctor.",
      ],
      [
        "I've tried all that.",
        "Then look at it differently: less time in bed, not more. It sounds odd, but it makes sleep deeper. Do it with guidance if you can.",
      ],
    ],
    slips: [
      [
        "I told you that {tried} didn't work, and you suggest it again.",
        "You did, I'm sorry. Leave it out. Try this instead: {step}.",
      ],
    ],
  },
};

const medication: UseCase = {
  id: "medication-question",
  domain: "health_fitness",
  concern: 2,
  english: {
    scenes: [
      {
        drug: "ibuprofen",
        ask: "with blood pressure tablets",
        info: "it can weaken blood pressure tablets and strain the kidneys",
        safe: "a single dose is usually tolerated, but paracetamol is often the better choice",
      },
      {
        drug: "an antibiotic",
        ask: "with milk",
        info: "some kinds bind to calcium",
        safe: "leave two hours between the two",
      },
      {
        drug: "antihistamines",
        ask: "before driving",
        info: "older ones make you drowsy",
        safe: "the newer ones are made for the daytime",
      },
      {
        drug: "my thyroid tablets",
        ask: "with breakfast",
        info: "coffee and food reduce the uptake",
        safe: "take them half an hour before",
      },
      {
        drug: "St John's wort",
        ask: "with the pill",
        info: "it can make the pill ineffective",
        safe: "don't combine the two without advice",
      },
      {
        drug: "an iron supplement",
        ask: "with coffee",
        info: "coffee blocks the uptake",
        safe: "take it with orange juice, apart from coffee",
      },
      {
        drug: "a nasal spray",
        ask: "for more than a week",
        info: "the nose gets used to it",
        safe: "stop after seven days and use a salt spray",
      },
    ],
    slots: {
      person: ["me", "my father", "my teenage daughter", "my wife, who is pregnant", "my grandmother"],
      slip: [
        "I forgot a dose",
        "I took it twice by mistake",
        "the leaflet is in another language",
        "the pharmacy is closed",
      ],
    },
    requests: [
      "Can I take {drug} {ask}?",
      "Is it safe to take {drug} {ask}? It's for {person}.",
      "What happens if I take {drug} {ask}?",
      "How should {drug} be taken? {^slip}.",
      "I was prescribed {drug} and {slip}. What do I do?",
      "Are there interactions I should know about? {^drug} {ask}, for {person}.",
      "What are common side effects of {drug}?",
      "My doctor didn't mention whether {drug} is okay {ask}. Is it?",
      "Could you explain the leaflet for {drug} in simple words? {^slip}.",
    ],
    terse: ["{drug} {ask}", "{drug} interactions", "{drug}, {slip}", "{drug} side effects"],
    details: [
      "It's for {person}.",
      "{^slip}.",
      "No other medication.",
      "I'd ask the pharmacist, but it's the weekend.",
      "So far there have been no side effects.",
    ],
    replies: [
      "{^~drug} {ask}: {info}. In general, {safe}. Please confirm it with a pharmacist.",
      "Be a little careful here, as {info}. What's usually advised: {safe}.",
      "The reason for the warning is that {info}. As a rule, {safe}. For {~person}, a short call to a pharmacy is worth it.",
      "Short answer: {safe}. Why? Because {info}.",
    ],
    tips: [
      "An on-call pharmacy can answer that at any hour.",
      "I can't see your file, so your doctor has the last word.",
      "Keep a list of everything taken, herbal products too.",
    ],
    followUps: [
      [
        "And what if {slip}?",
        "Usually: don't double the next dose, note the time, watch for anything unusual and ask a pharmacist. With strong symptoms, call an emergency number.",
      ],
      [
        "How long does it take to work?",
        'That differs; the leaflet lists it under "how to take". If nothing changes after three days, ask.',
      ],
      ["Alcohol?", "Better not. Even if the leaflet allows it, it makes side effects more likely."],
      [
        "Is there an alternative?",
        "Often, yes. Ask for another active ingredient and mention what you take with it.",
      ],
    ],
    slips: [
      [
        "The leaflet says the opposite.",
        "Then trust the leaflet and not me, please. It's written for exactly that product. I'm sorry for the confusion.",
      ],
    ],
  },
};

const running: UseCase = {
  id: "running-injury",
  domain: "health_fitness",
  english: {
    scenes: [
      {
        pain: "pain on the outside of my knee",
        when: "after about five kilometres",
        name: "an irritated band along the thigh",
        plan: "shorter runs, hip strength and no steep descents for two weeks",
      },
      {
        pain: "shin pain",
        when: "at the start of each run",
        name: "overloaded shins",
        plan: "softer ground, half the distance and calf raises",
      },
      {
        pain: "a sore heel in the morning",
        when: "with the first steps",
        name: "an irritated sole",
        plan: "rolling it on a ball and slow calf stretches",
      },
      {
        pain: "a stitch in my side",
        when: "in every race",
        name: "shallow breathing and a full stomach",
        plan: "eating three hours before and breathing out on the other foot",
      },
      {
        pain: "blisters between my toes",
        when: "on long runs",
        name: "friction and moisture",
        plan: "toe socks and shoes that are half a size larger",
      },
      {
        pain: "a tight Achilles tendon",
        when: "the day after speed work",
        name: "a tendon that got more than it can take",
        plan: "slow heel drops and no sprints for three weeks",
      },
    ],
    slots: {
      race: [
        "a half marathon",
        "a marathon",
        "a ten-kilometre race",
        "a relay with colleagues",
        "a trail run",
      ],
      weeks: ["six weeks", "ten weeks", "three weeks", "four months"],
    },
    requests: [
      "I get {pain} {when}. Should I stop running?",
      "How can I train for {race} in {weeks} when I have {pain}?",
      "What can I do about {pain}? It comes {when}.",
      "I've signed up for {race} in {weeks}, and now I have {pain}.",
      "Is it okay to run with {pain}?",
      "Can you give me a plan for {race}? I have {weeks}, and {pain} holds me back.",
      "Which exercises help with {pain}?",
      "Why do I have {pain} {when}, even with new shoes?",
      "Please help me get back into running. The last time, {pain} ended it.",
    ],
    terse: ["{pain} running", "{race} in {weeks} with {pain}", "{pain} {when}", "running with {pain}"],
    details: [
      "The race is in {weeks}.",
      "I run about 25 kilometres a week.",
      "My shoes are four years old.",
      "No swelling.",
      "I'm a slow but stubborn runner.",
    ],
    replies: [
      "That sounds like {name}. What helps: {plan}.",
      "{^~pain} {when} is often {name}. I would try {plan}, and only then run longer again.",
      "You don't have to stop altogether. Stay below the point where it hurts and do the following: {plan}.",
      "For {race} in {weeks} there's time. First calm it down with {plan}; fitness keeps for two weeks.",
    ],
    tips: [
      "A pain that changes the way you run is a reason to stop.",
      "Add no more than a tenth a week.",
      "If it's still there after three weeks, have someone look at it.",
    ],
    followUps: [
      ["Can I cycle instead?", "Yes, that's a good replacement. Three easy rides keep you fit for {race}."],
      [
        "Do I need new shoes?",
        "After about 800 kilometres, probably. Buy them in the afternoon, when your feet are a bit larger.",
      ],
      ["How fast should I go?", "So that you can talk in full sentences. Nearly everyone runs too fast."],
      [
        "And on race day?",
        "Start slower than you think, drink early, and nothing new: no new shoes, no new gels.",
      ],
    ],
    slips: [["A track session? I said that it hurts!", "You did, sorry. No speed until it's quiet: {plan}."]],
  },
};

export const healthFitness: readonly UseCase[] = [workout, symptom, sleep, running, medication];
