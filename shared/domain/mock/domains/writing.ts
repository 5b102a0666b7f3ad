import type { UseCase } from "../script.ts";

const politeEmail: UseCase = {
  id: "polite-email-rewrite",
  domain: "writing",
  english: {
    scenes: [
      {
        to: "my landlord",
        about: "the broken heating",
        blunt: "The heating has been off for nine days and nobody has come. Send someone this week.",
        polite:
          "I wanted to follow up on the heating, which has now been off for nine days. Could you let me know which day this week someone can take a look?",
      },
      {
        to: "a client",
        about: "an overdue invoice",
        blunt: "You still have not paid our August invoice. It is three weeks late. Pay it by Friday.",
        polite:
          "I hope you are well. Our records show that the August invoice is now three weeks past due. Could you arrange payment by Friday, or let me know if something is holding it up?",
      },
      {
        to: "a colleague in design",
        about: "the missing mock-ups",
        blunt: "You said Monday. It's Thursday. I can't do my job without the mock-ups.",
        polite:
          "I know you have a lot on. The mock-ups we had planned for Monday are what I need to start the next part, so could you tell me when to expect them, or share what is ready?",
      },
      {
        to: "my professor",
        about: "an extension on my term paper",
        blunt: "I need another week for the term paper. I was ill and couldn't work.",
        polite:
          "I was ill last week and fell behind with the term paper. Would it be possible to have one more week to hand it in? I can send a doctor's note.",
      },
      {
        to: "the neighbours upstairs",
        about: "late-night noise",
        blunt: "Stop moving furniture after midnight. Some of us get up at six.",
        polite:
          "I wanted to mention, in a friendly way, that we can hear furniture being moved after midnight. We get up at six, so it would mean a lot if it could wait until the morning.",
      },
      {
        to: "one of our suppliers",
        about: "a wrong delivery",
        blunt: "You sent the wrong boxes again. This is the third time. Sort it out or we switch.",
        polite:
          "The last delivery again contained boxes of the wrong size, the third time this year. We would like to keep working with you, so could we agree on how to prevent this?",
      },
      {
        to: "my manager",
        about: "working from home on Fridays",
        blunt: "I'm not coming in on Fridays any more. There is no point, everyone is on calls anyway.",
        polite:
          "I would like to work from home on Fridays, since that is the day when most of us are on calls. Could we try it for a month and see how it goes?",
      },
      {
        to: "my daughter's teacher",
        about: "too much homework",
        blunt: "Two hours of homework a night for an eight-year-old is ridiculous.",
        polite:
          "Homework has been taking about two hours most evenings, which is hard on an eight-year-old. Could we talk about what you would expect at this age?",
      },
      {
        to: "a recruiter",
        about: "weeks of silence after an interview",
        blunt: "I did three interviews and have heard nothing for a month. Is that normal for you people?",
        polite:
          "It has been about a month since my third interview, and I am still very interested. Could you give me an update on where the process stands?",
      },
      {
        to: "the IT helpdesk",
        about: "a ticket nobody answers",
        blunt: "My ticket has been open for two weeks. Does anyone even read these?",
        polite:
          "My ticket has been open for two weeks and I am still blocked. Could someone take a look, or tell me who is the right person to ask?",
      },
    ],
    slots: {
      tone: [
        "more polite",
        "friendlier but still firm",
        "more professional",
        "less passive-aggressive",
        "warmer",
        "more diplomatic",
        "calmer",
      ],
    },
    requests: [
      "Can you {rewrite|rephrase|rework} this email to {to} so that it sounds {tone}?\n\n{blunt}",
      "I'm about to send this to {to} and I'm worried it comes across as rude. {Could you soften it?|How would you put it?}\n\n\"{blunt}\"",
      "Please make the following message about {about} {tone}, without making it much longer:\n\n{blunt}",
      "How can I say this to {to} in a way that is {tone}?\n\n{blunt}",
      "I wrote an angry email about {about} and {need|would like} a calmer version before I hit send. Here it is:\n\n{blunt}",
      "My {partner|manager|best friend} says my emails are too direct. Can you fix the tone of this one? It goes to {to}.\n\n{blunt}",
      "Turn this into a polite email to {to}:\n\n{blunt}",
      "English isn't my first language and I can't judge the tone. Is this too harsh for {to}? What would a native speaker write?\n\n{blunt}",
      "Here is my draft to {to} about {about}. Same message, {kinder|softer|friendlier} wording, please.\n\n---\n{blunt}\n---",
      "I have to email {to} about {about} and I'm too annoyed to find the right words. Can you draft something {tone}?",
    ],
    terse: [
      "polite email to {to} about {about}",
      "make this {tone}: {blunt}",
      'rewrite more politely: "{blunt}"',
      "nicer way to complain about {about}",
    ],
    details: [
      "We have a good relationship and I would like to keep it that way.",
      "I've already sent one reminder.",
      "{^to} can be a bit touchy.",
      "It should not sound like a template.",
      "I don't want to apologise for anything, though.",
      "They need to understand that it is urgent.",
    ],
    replies: [
      'Here is a version that keeps your point and loses the edge:\n\n"{polite}"',
      '{Sure|Of course|Happy to help}. How about this:\n\n"{polite}"\n\nIt states the facts, asks for one clear thing and leaves the door open.',
      'Your draft is clear, but the short sentences read as an accusation. I would write:\n\n"{polite}"',
      'Two small changes do most of the work: start with the situation instead of the blame, and end with a question.\n\n"{polite}"',
    ],
    tips: [
      "If you want it firmer, add a date by which you expect an answer.",
      'A subject line such as "Question about {about}" keeps it neutral.',
      "I would leave out the history; one sentence of context is enough.",
      "Send it in the morning, after reading it once more.",
    ],
    followUps: [
      [
        "Can you make it {a bit shorter|half as long}?",
        'Shorter version: the first sentence states the problem, the second asks for a date. Everything else can go: "Could we settle {about} this week? Please tell me which day suits you."',
      ],
      [
        "It's good, but now it sounds too {soft|weak|friendly}. They should know I'm serious.",
        'Then keep the polite opening and close with a consequence: "If I have not heard back by Friday, I will have to take it further." That is firm without being rude.',
      ],
      [
        "And what would be a good subject line?",
        '"Follow-up on {about}" is neutral and easy to find again. If it is urgent, put the date in it.',
      ],
      [
        'Could I start it with "I hope this email finds you well"?',
        'You can, but many people read past it. A short "Hello" and the reason for writing is warmer and quicker.',
      ],
      [
        "How should I sign off? We are on first-name terms.",
        '"Best wishes" or "Many thanks" both work. "Kind regards" is a touch cooler, which may help if you want some distance.',
      ],
      [
        "What do I do if {to} simply ignores it?",
        'Wait three working days, then reply to your own message with one line: "Just checking that this reached you." After that, a phone call works better than a third email.',
      ],
    ],
    slips: [
      [
        "You changed the meaning. I never offered to talk about it, I want it solved.",
        'You\'re right, I added an offer that was not in your text. Here is the request alone: "Could you let me know by Friday how this will be solved?"',
      ],
      [
        "That's longer than what I gave you. I asked for the same length.",
        'Sorry about that. Cut down: "Could we please settle {about} this week? Thank you."',
      ],
    ],
  },
};

const proofread: UseCase = {
  id: "proofread-text",
  domain: "writing",
  english: {
    scenes: [
      {
        text: "a cover page for a grant report",
        flaw: '"it\'s" should be "its" in the second line',
        line: "Our organisation has doubled it's reach since 2024 and plan to open two new centers.",
        fixed: "Our organisation has doubled its reach since 2024 and plans to open two new centres.",
      },
      {
        text: "the About page of our bakery",
        flaw: "the comma in the first sentence splices two sentences",
        line: "We bake everything by hand, our bread rests for 24 hours.",
        fixed: "We bake everything by hand, and our bread rests for 24 hours.",
      },
      {
        text: "my master's thesis abstract",
        flaw: "the tense jumps from past to present",
        line: "We collected 40 samples and analyse them with two methods.",
        fixed: "We collected 40 samples and analysed them with two methods.",
      },
      {
        text: "a newsletter for the tennis club",
        flaw: '"less" should be "fewer"',
        line: "There are less courts available in October due to the resurfacing work.",
        fixed: "Fewer courts are available in October because of the resurfacing work.",
      },
      {
        text: "an announcement for the whole company",
        flaw: "the verb does not agree with its subject",
        line: "The list of changes are attached, please read it until Monday.",
        fixed: "The list of changes is attached; please read it by Monday.",
      },
      {
        text: "a job advert",
        flaw: "the items of the list are not parallel",
        line: "You will be answering calls, plan the week and to train new staff.",
        fixed: "You will answer calls, plan the week and train new staff.",
      },
      {
        text: "an invitation to a school reunion",
        flaw: '"looking forward" takes the -ing form',
        line: "We are looking forward to see you all after so many years!",
        fixed: "We are looking forward to seeing you all after so many years!",
      },
      {
        text: "a letter to the city council",
        flaw: '"effect" and "affect" are mixed up',
        line: "The roadworks effect everybody who live on the street.",
        fixed: "The roadworks affect everybody who lives on the street.",
      },
      {
        text: "the manual of a coffee grinder",
        flaw: "the modifier dangles: the beans do not clean the burrs",
        line: "After grinding dark beans, the burrs should be cleaned.",
        fixed: "Clean the burrs after you grind dark beans.",
      },
    ],
    slots: {
      variety: ["British English", "American English", "plain English", "a formal style", "a neutral style"],
    },
    requests: [
      "Can you proofread {text} for me? Here's the part I'm unsure about:\n\n{line}",
      "Please check the grammar and punctuation of this sentence from {text}, in {variety}:\n\n{line}",
      "I'm finishing {text} and need a second pair of eyes. Are there any mistakes here?\n\n{line}",
      "Is this correct? {line} It's for {text}.",
      "Could you correct this without changing my style too much? It's from {text}.\n\n{line}",
      "Something about this sentence feels off, but I can't say what. It opens {text}.\n\n{line}",
      "Fix spelling and grammar, and tell me what was wrong so I learn something:\n\n{line}",
      "I need {text} to be free of errors before it goes out {today|tomorrow morning|on Monday}. Would you look over this line?\n\n{line}",
      'Proofread the following, {variety} please:\n\n"{line}"',
    ],
    terse: [
      "check grammar: {line}",
      "is this sentence right? {line}",
      "proofread {text}",
      'correct this please: "{line}"',
    ],
    details: [
      "Word's checker finds nothing.",
      "I've read it so often that I no longer see it.",
      "A colleague said there is a mistake, but not which.",
      "Please don't make it sound fancy.",
      "It's going to print, so I want to be sure.",
    ],
    replies: [
      'One thing to fix: {flaw}.\n\nCorrected: "{fixed}"',
      '{Nearly there|Close}. Here is the corrected version:\n\n"{fixed}"\n\nThe reason: {flaw}.',
      'Corrected text: "{fixed}"\n\nWhat I changed: {flaw}. The rest is fine.',
      'You were right to be suspicious: {flaw}. I\'d write: "{fixed}"',
    ],
    tips: [
      "Reading it aloud is a good way to catch this kind of thing.",
      "If you send me the rest, I'll check it for the same slip.",
      "Whatever spelling you choose, use it throughout.",
    ],
    followUps: [
      [
        "Why is that wrong, exactly?",
        "Because {flaw}. Try the sentence with the parts swapped, and you will hear it.",
      ],
      [
        "Would a comma be better there?",
        "A comma would be possible, but it makes the sentence longer to read. I would keep the version above.",
      ],
      [
        'Is it okay to start a sentence with "And"?',
        "Yes, in most kinds of text. In {~text} I would use it sparingly.",
      ],
      [
        'Could you check one more? "Neither of the options are ideal."',
        'Strictly, "neither" is singular: "Neither of the options is ideal." In speech, "are" is common.',
      ],
      [
        "Can you give me {two|three} alternatives with the same meaning?",
        '1. "{fixed}"\n2. The same, split into two sentences, which reads faster.\n3. The same with the main point first. I\'d take the first for {~text}.',
      ],
    ],
    slips: [
      [
        "You changed a spelling that was fine. I write British English.",
        "Sorry, I should have kept your variety. Only this needs to change: {flaw}.",
      ],
      [
        "You rewrote the whole sentence. I only wanted the mistake.",
        "Fair point. The only actual mistake: {flaw}. Everything else may stay as it was.",
      ],
    ],
  },
};

const summarise: UseCase = {
  id: "summarise-article",
  domain: "writing",
  english: {
    known: ["fact", "second", "so"],
    scenes: [
      {
        piece: "a long article about urban trees",
        fact: "street trees lower summer temperatures by up to four degrees",
        second: "cities plant the wrong species and do not water them in the first two years",
        so: "maintenance matters more than the number planted",
      },
      {
        piece: "a report on four-day working weeks",
        fact: "most pilot companies kept the shorter week after the trial",
        second: "output stayed level where meetings were cut as well",
        so: "the gain came from fewer meetings, not from working faster",
      },
      {
        piece: "a paper on remote teaching",
        fact: "attendance dropped after the sixth week",
        second: "short live sessions kept students longer than recorded lectures",
        so: "live contact in small groups is worth its cost",
      },
      {
        piece: "a chapter about the history of salt",
        fact: "salt taxes paid for armies and canals",
        second: "preserved fish made long voyages possible",
        so: "salt shaped trade routes much as oil does today",
      },
      {
        piece: "the minutes of a two-hour meeting",
        fact: "the launch moves from May to June",
        second: "the budget for translations is still open",
        so: "three people have tasks due before the next meeting",
      },
      {
        piece: "an opinion piece on electric cars",
        fact: "charging at home covers nine trips in ten",
        second: "flats without parking spaces are left out",
        so: "public chargers should go where people live, not along motorways",
      },
      {
        piece: "a white paper from a vendor",
        fact: "the tool halves the time to answer tickets",
        second: "the test ran with the vendor's own staff",
        so: "the numbers should be checked with a trial of your own",
      },
      {
        piece: "a podcast transcript on sleep",
        fact: "a regular wake-up time helps more than an early night",
        second: "screens matter less than worry",
        so: "the guest recommends one habit at a time",
      },
    ],
    slots: {
      length: [
        "in five bullet points",
        "in one paragraph",
        "in three sentences",
        "in about 100 words",
        "for a busy reader",
      ],
      reader: [
        "my boss",
        "my team",
        "my reading group",
        "a newsletter",
        "someone who knows nothing about it",
        "my own notes",
      ],
    },
    requests: [
      "Can you summarise {piece} {length}? The main points, as I noted them: {fact}; {second}.",
      "I need a summary of {piece} for {reader}, {length}. It says that {fact}, but also that {second}.",
      "Here's the core of {piece}. Please condense it {length}.\n\n{^fact}. However, {second}. The author concludes that {so}.",
      "I don't have time to read {piece} again. From my notes: {fact}, and {second}. What's the takeaway?",
      "Summarise this {length}, please:\n\n{^fact}. At the same time, {second}. In the end, {so}.",
      "Could you turn my notes on {piece} into something I can send to {reader}? Notes: {fact} / {second} / {so}",
      "What would be a good abstract for {piece}? Key message: {so}.",
      "Please write a TL;DR of {piece} for {reader}. {^fact}. {^second}.",
      "My task is to present {piece} in two minutes. Can you summarise it {length}? The argument goes: {fact}, yet {second}, so {so}.",
    ],
    terse: [
      "tldr of {piece}",
      "summary {length}: {fact}, {second}",
      "summarise {piece} for {reader}",
      "key points of {piece}",
    ],
    details: [
      "The original is {eleven|fourteen|thirty|forty} pages long.",
      "Please stay neutral, I don't want to take sides.",
      "No jargon, please.",
      "Keep the numbers in.",
      "It will be read on a phone.",
    ],
    pastes: [
      "The text:\n\n{^fact}. That is the result of a study that followed {forty|eighteen|nine} cases over {three|five|eight} years, and it has been quoted ever since. Looking closer, the picture is less simple: {second}. The authors say so themselves, though only in the last third, and they warn against drawing conclusions for other countries.\n\nWhat does that mean in practice? First, numbers without a baseline tell you nothing. Second, somebody has to pay for what comes after the ribbon has been cut. Third, and this is the point that the discussion keeps missing: {so}. It will take a few more years before that can be said with certainty, but nobody who has worked on it was surprised.",
    ],
    replies: [
      "In short: {fact}. The catch is that {second}. The conclusion: {so}.",
      "Summary\n- {^fact}.\n- {^second}.\n- Conclusion: {so}.",
      'Here is a version for {~reader}: "{^fact}. Still, {second}. What follows is that {so}."',
      "The takeaway is that {so}. It rests on two findings: {fact}, and {second}.",
    ],
    tips: [
      "I kept to what you gave me; check the numbers against the source.",
      "If you paste the full text, I can add the evidence for each point.",
      "The second point is the one that {~reader} may question.",
    ],
    followUps: [
      ["{Shorter, please.|Can you get it down to one sentence?}", "One sentence: {so}, because {second}."],
      [
        "Now {the same|a version} as a post for our intranet.",
        '"Worth a look: {piece}. The short version: {so}. Why? {^fact}, but {second}."',
      ],
      [
        "What are the weak spots of the argument?",
        "It generalises from a small base, and it does not say who was left out. I would ask where the claim that {fact} comes from.",
      ],
      [
        "Can you suggest a title?",
        '"Less obvious than it looks: what {piece} really says", or, shorter, "The catch".',
      ],
      ["Make it sound less academic.", "Plain version: {fact}. Sounds great, but {second}. So {so}."],
    ],
    slips: [
      [
        "That point isn't in the text at all, you made it up.",
        "You're right, and I'm sorry: I filled a gap. What the text supports is this: {fact}, and {second}. Nothing more.",
      ],
      [
        "You left out the most important thing, namely that {so}.",
        "Thank you, that belongs at the top: {so}. The rest supports it.",
      ],
    ],
  },
};

const linkedinPost: UseCase = {
  id: "social-media-post",
  domain: "writing",
  english: {
    known: ["ask"],
    scenes: [
      {
        news: "the launch of our booking app",
        hook: "Six months ago this was a sketch on a napkin.",
        ask: "try it and tell us what is missing",
      },
      {
        news: "my new job as a team lead",
        hook: "Ten years ago I was sure that I would never manage anyone.",
        ask: "share the best advice you got as a new lead",
      },
      {
        news: "our charity run for the children's hospital",
        hook: "Forty-two kilometres, eleven colleagues, one goal.",
        ask: "sponsor a kilometre",
      },
      {
        news: "an open position for a warehouse planner",
        hook: "Good planning is invisible. We are looking for someone invisible.",
        ask: "pass it on to somebody who would love the job",
      },
      {
        news: "the tenth birthday of my flower shop",
        hook: "Ten years, roughly 31,000 bouquets and one very patient family.",
        ask: "come by on Saturday for cake",
      },
      {
        news: "a talk I gave at a design conference",
        hook: "My slides failed after two minutes. It was the best thing that could happen.",
        ask: "tell me about your worst stage moment",
      },
      {
        news: "what we learned from a failed product",
        hook: "We shut it down last week. Here is what nobody tells you.",
        ask: "add the lesson you would have wanted to hear",
      },
      {
        news: "our pottery classes for beginners",
        hook: "Nobody's first bowl is round. That's rather the point.",
        ask: "book one of the eight places",
      },
    ],
    slots: {
      network: ["LinkedIn", "Instagram", "Facebook", "our company page", "Mastodon"],
      voice: [
        "not too salesy",
        "funny",
        "honest",
        "without buzzwords",
        "short and warm",
        "professional but human",
      ],
    },
    requests: [
      "Write a post for {network} about {news}. It should be {voice}.",
      "I want to announce {news} on {network} and hate every draft I've written. Can you help? {^voice}, please.",
      "Could you come up with three versions of a post about {news}?",
      "Please help me with a caption for {network}. It's about {news}.",
      "How would you tell people about {news} on {network} without sounding like an advert?",
      "I need a post on {news}, at most 80 words, {voice}. At the end people should {ask}.",
      "My boss asked me to post about {news}, and I have no idea how to start. Got a good first line?",
      'Here is what I have: "We are excited to announce {news}." Can you make that {voice}?',
      "Draft something for {network}: {news}. Call to action: {ask}.",
    ],
    terse: [
      "{network} post {news}",
      "caption for {news}, {voice}",
      "announce {news} on social media",
      "post idea: {news}",
    ],
    details: [
      "Emojis are fine, but not more than two.",
      "No hashtags, please.",
      "Our followers are mostly {local customers|people in the industry|friends and family}.",
      "It goes out tomorrow.",
      "Last time we got three likes, so anything is an improvement.",
    ],
    replies: [
      'Here\'s a draft:\n\n"{hook} Today I can finally share {news}. If you like the idea, {ask}."',
      '{Gladly|Sure}. Start with the story, not with the announcement:\n\n"{hook}\n\nThat is how we got to {news}. One small favour: {ask}."',
      'Three openings to choose from:\n1. "{hook}"\n2. "A small thing that took far longer than planned: {news}."\n3. "I was going to write something clever about {news}. Instead, the short version."\n\nEnd all of them with the same line: {ask}.',
      'For {~network} I would keep it to three lines: "{hook}" Then one sentence on {~news}. Then the request: {ask}.',
    ],
    tips: [
      "A real photo will do more than a polished graphic.",
      "Answer the first comments within the hour.",
      'Leave out "excited" and "thrilled"; everyone is.',
    ],
    followUps: [
      [
        "Can you add hashtags after all?",
        "Two or three are plenty: one for the place, one for the subject, and your own. More than that looks like spam.",
      ],
      ["It's a bit long for {network}.", 'Then cut the middle: "{hook} And now: {news}. Please {ask}."'],
      [
        "When should I post it?",
        "Weekday mornings tend to work for work topics, evenings for private ones. Your own statistics beat any rule.",
      ],
      ["A more playful version, please.", '"Breaking news, slightly late, as always: {news}. {hook}"'],
      [
        "Could you translate the idea into a short newsletter paragraph?",
        '"Some news from us: {news}. It took longer than we thought, and we learned a lot. If you would like to help, {ask}."',
      ],
    ],
    slips: [
      [
        "That's full of buzzwords, exactly what I didn't want.",
        'Fair. Without them: "{hook} So, {news}. Please {ask}."',
      ],
    ],
  },
};

const weddingSpeech: UseCase = {
  id: "wedding-speech",
  domain: "writing",
  english: {
    scenes: [
      {
        who: "my brother",
        event: "wedding",
        role: "best man",
        story: "he proposed on a rowing boat and lost both oars",
        line: "Anyone can plan a perfect evening. It takes a special kind of person to drift into one.",
      },
      {
        who: "my oldest friend",
        event: "wedding",
        role: "maid of honour",
        story: "she drove through the night to bring me soup when I was ill",
        line: "If she shows up for you with soup, imagine what she does for someone she marries.",
      },
      {
        who: "my daughter",
        event: "wedding",
        role: "father of the bride",
        story: "she once announced at six that she would marry the moon",
        line: "It took a while, but she found someone just as reliable, and much easier to talk to.",
      },
      {
        who: "my parents",
        event: "golden anniversary",
        role: "eldest child",
        story: "they have argued about the same map since 1987",
        line: "Fifty years, one map, and they have never once been lost.",
      },
      {
        who: "a colleague of twenty years",
        event: "retirement party",
        role: "team lead",
        story: "he labelled every cable in the building, including the kettle's",
        line: "We will find our way without him, because he labelled it.",
      },
      {
        who: "my grandmother",
        event: "ninetieth birthday",
        role: "grandson",
        story: "she beat three generations at cards and still denies cheating",
        line: "We have stopped counting her birthdays. Frankly, we are counting the aces.",
      },
      {
        who: "my sister",
        event: "graduation party",
        role: "big brother",
        story: "she studied for her finals in the laundry room because it was the only quiet place",
        line: "She came out with a degree, and the family has never had cleaner towels.",
      },
    ],
    slots: {
      minutes: ["two", "three", "four", "five"],
      mood: [
        "warm and a little funny",
        "short and heartfelt",
        "light, with one serious moment",
        "funny without embarrassing anyone",
      ],
    },
    requests: [
      "As the {role} I have to give a speech at the {event} of {who}. Can you help me write {minutes} minutes that are {mood}? One story I want in: {story}.",
      "Please write a toast for {who}. It's a {event}, and everyone knows that {story}.",
      "How do I start a speech at a {event}? It's for {who}, and it should be {mood}.",
      "I've never spoken in front of people and as {role} I can't get out of it. Could you draft a speech for {who}?",
      "Can you turn this into a speech of {minutes} minutes for the {event} of {who}: {story}.",
      "My speech for {who} is far too long. What structure would you use for {minutes} minutes?",
      "Looking for a good closing line for a {event} speech. It's about {who}. {^mood}, please.",
      "Help, the {event} is on Saturday and I have nothing! I'm speaking as {role}, it's about {who}, and the best anecdote is that {story}.",
      "Could you write something that I can read out for {who}? We'd like it {mood}, and not longer than {minutes} minutes.",
    ],
    terse: [
      "{event} speech for {who}",
      "toast {who} {event} {mood}",
      "{role} speech example",
      "opening line {event} speech",
    ],
    details: [
      "About {forty|sixty|a hundred} people will be there.",
      "Half of the guests don't know me.",
      "No jokes about exes, please.",
      "I tend to cry, so nothing too sentimental.",
      "The other speech is given by a professional, so no pressure.",
    ],
    replies: [
      "Three parts are enough: who you are, one story, one wish. Which story does everybody in the room half know? Tell me, and I'll build the speech around it.",
      'I\'d leave out the thank-yous and open with a moment that shows the person. For the end, something like this: "{line}"',
      "Here is a start:\n\n\"Good evening, everyone. For those who don't know me, I'm here as {role}. You may have heard that {story}. {line} Please raise your glasses.\"",
      'For {minutes} minutes you need three parts: who you are, one story, one wish. The story is there already: {~story}. And a line to close with: "{line}"',
      'A draft, {mood}:\n\n"I promised to keep this short. There\'s one thing you should know: {story}. I have thought about it a lot this week. {line}"',
      'I would open with the story straight away, without thanking anybody first: "{^story}." Pause. Then: "{line}" People will be with you.',
    ],
    tips: [
      "Read it aloud with a clock; a page in large type takes about a minute and a half.",
      "Print it in large type and number the pages.",
      "Look up at the end of every paragraph, that's all the stagecraft you need.",
    ],
    followUps: [
      [
        "Can you make it funnier?",
        'Add a pause and a correction: "Of course {story}. Twice." Small exaggerations are safer than jokes.',
      ],
      [
        "And how do I end it?",
        'With one wish and one gesture: "{line} To {who}!" Then sit down before anyone expects it.',
      ],
      [
        "What should I definitely leave out?",
        "Inside jokes that need explaining, former partners, money, and anything that you would not say to {~who} in private.",
      ],
      [
        "I get so nervous. Any tricks?",
        "Learn the first two sentences by heart and read the rest. Breathe out before you start, and hold a glass in the other hand so that it stops shaking.",
      ],
      [
        "Could you write it in rhyme?",
        'One rhyming verse is charming, a whole speech is risky. Use it at the end:\n"We\'ve raised our voices, now raise a glass,\nto years to come, may slowly they pass."',
      ],
    ],
    slips: [
      [
        "That could be about anyone. Please use the story I gave you.",
        'You\'re right, sorry, that was generic. With your story: "{^story}. {line}"',
      ],
    ],
  },
};

const shortStory: UseCase = {
  id: "short-story",
  domain: "writing",
  english: {
    known: ["problem", "place", "hero", "first"],
    scenes: [
      {
        hero: "a lighthouse keeper",
        problem: "the light answers back",
        place: "a rock off the coast",
        first: "The first time the lamp blinked on its own, Osk blamed the wiring.",
      },
      {
        hero: "a retired detective",
        problem: "her own diary has a page missing",
        place: "a seaside boarding house",
        first: "Page forty-one was gone, and Maud had never in her life torn paper.",
      },
      {
        hero: "a robot gardener",
        problem: "it has started to prefer weeds",
        place: "a greenhouse on Mars",
        first: "Unit Nine reported the dandelion as a tomato, and felt something close to guilt.",
      },
      {
        hero: "a night-shift baker",
        problem: "a customer always comes before the bread is baked",
        place: "a small town in winter",
        first: "At a quarter to four, there was somebody at the window again.",
      },
      {
        hero: "two rival cartographers",
        problem: "the island they map keeps moving",
        place: "the South Atlantic",
        first: "They agreed on nothing except that the bay had been on the other side yesterday.",
      },
      {
        hero: "a girl who collects sounds",
        problem: "her jar of silence has been opened",
        place: "an attic flat",
        first: "Somebody had let the silence out, and now the whole house hummed.",
      },
      {
        hero: "a dragon with a fear of heights",
        problem: "the village needs rescuing from a cliff",
        place: "a mountain pass",
        first: "“It isn't the falling,” Grell explained to the goat. “It's the looking.”",
      },
      {
        hero: "a lift operator",
        problem: "there's a floor that nobody ordered",
        place: "a grand hotel in 1932",
        first: "Between seven and eight, the brass arrow had begun to hesitate.",
      },
    ],
    slots: {
      genre: [
        "a short story",
        "a bedtime story",
        "a ghost story",
        "flash fiction",
        "the opening of a novel",
        "a fairy tale",
      ],
      words: ["150 words", "300 words", "about a page", "500 words"],
    },
    requests: [
      "Write {genre} about {hero}. The twist: {problem}.",
      "I need an idea for {genre} set in {place}. The main character is {hero}.",
      'Can you continue this? "{first}"',
      "Could you write {words} about {hero}, set in {place}, where {problem}?",
      "I'm stuck on chapter two. My hero is {hero}, {problem}, and I don't know what happens next.",
      "Please give me three possible endings for {genre} in which {problem}.",
      "What would be a good first sentence for {genre} about {hero}?",
      'My writing group\'s prompt this week is "{hero}". Help me find a plot, {words} at most.',
      "Let's write {genre} together. You start: it takes place in {place}, and the protagonist is {hero}.",
    ],
    terse: [
      "{genre} {hero}",
      "story prompt: {problem}",
      "{words}, {place}, {hero}",
      "plot twist ideas {hero}",
    ],
    details: [
      "No happy ending, please.",
      "It's for my {niece|nephew|grandson}, who is seven.",
      "I like stories that leave something open.",
      "Present tense, if possible.",
      "Avoid clichés.",
    ],
    pastes: [
      "What I have so far:\n\n{first} Nobody in {place} spoke about it, of course. They spoke about the weather, and about the price of fish, and about the boy who had gone away and not come back. It would have been easy to do the same.\n\nThat evening there was a knock at the door.",
    ],
    replies: [
      '"{first} That was how it began. By the end of the week there was no doubt left: {problem}, and {hero} was the only one who had noticed."\n\nShall I go on from here?',
      'Here is an opening:\n\n"{first}"\n\nFrom here, let the reader find out slowly that {problem}. In {place} nobody would believe it, and that\'s your tension.',
      "Three directions:\n1. It is true, {problem}, and it has been for years.\n2. {^hero} is the cause and does not know it.\n3. Everyone else in {place} has always known.\n\nThe third is the saddest, and I think the best.",
      'What does {hero} want, and what is in the way? If {problem}, then the want should be the opposite: peace, order, sleep. Start like this: "{first}"',
    ],
    tips: [
      "Give the place a smell; it saves a paragraph of description.",
      "End one sentence earlier than feels right.",
      "Cut the first paragraph once you are done. It is usually scaffolding.",
    ],
    followUps: [
      [
        "Go on!",
        "\"Nobody spoke. Outside, {place} lay as it always had. 'So it's true,' said a voice, and {hero} recognised it, and wished for the wiring to be at fault.\"",
      ],
      [
        "Could you make it darker?",
        "Then take away the witness: nobody else ever sees that {problem}. By the last line the reader should doubt {hero} too.",
      ],
      [
        "What should the character be called?",
        "Something short that nobody in {place} would find remarkable: Edda, Tomas, Ilse. A plain name makes the strange part stranger.",
      ],
      [
        "I like the first one. How does it end?",
        "With a choice: {hero} could tell everybody, and doesn't. The last sentence repeats the first one, with a single word changed.",
      ],
      [
        "Rewrite the beginning as a dialogue.",
        "\"'Did you see that?'\n'See what?'\n'Never mind,' said {hero}, who had been saying never mind since Tuesday.\"",
      ],
    ],
    slips: [
      [
        "You forgot the setting completely. It's meant to be {place}.",
        'You\'re right, let me anchor it: "In {place}, news travels slowly and doubt travels fast. {first}"',
      ],
    ],
  },
};

export const writing: readonly UseCase[] = [
  politeEmail,
  proofread,
  summarise,
  linkedinPost,
  shortStory,
  weddingSpeech,
];
