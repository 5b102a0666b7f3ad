import type { UseCase } from "../script.ts";

const cv: UseCase = {
  id: "improve-cv",
  domain: "career",
  english: {
    scenes: [
      {
        job: "a project manager",
        from: "eight years in event planning",
        weak: "responsible for various projects",
        strong: "led 14 events a year with budgets of up to 90,000, all on time",
      },
      {
        job: "a junior data analyst",
        from: "a career in retail",
        weak: "good knowledge of Excel",
        strong: "built the weekly stock report for nine stores and cut the work from a day to an hour",
      },
      {
        job: "a nurse in a clinic",
        from: "five years in a care home",
        weak: "caring for residents",
        strong: "cared for 18 residents per shift and trained four new colleagues",
      },
      {
        job: "a front-end developer",
        from: "a boot camp and two side projects",
        weak: "familiar with React",
        strong: "built and launched a booking site with 400 monthly users",
      },
      {
        job: "a teacher",
        from: "ten years of parental leave",
        weak: "parental leave",
        strong: "ran a homework club for 25 children as a volunteer",
      },
      {
        job: "a sales manager",
        from: "six years in the same company",
        weak: "achieved good results",
        strong: "raised revenue in the region by 23 % within two years",
      },
      {
        job: "a warehouse supervisor",
        from: "three years as a picker",
        weak: "team player",
        strong: "coordinated a shift of 12 and halved picking errors",
      },
      {
        job: "an accountant abroad",
        from: "a degree nobody knows there",
        weak: "degree in economics",
        strong: "degree in economics (comparable to a bachelor's), plus the local certification in progress",
      },
    ],
    slots: {
      issue: [
        "a gap of one year",
        "a CV of three pages",
        "no replies at all so far",
        "too many short jobs",
        "nothing but part-time jobs",
      ],
      length: ["one page", "two pages at most", "a format that scanners can read"],
    },
    requests: [
      "Can you help me improve my CV? I'm applying as {job}, coming from {from}.",
      "How do I describe {from} on a CV for {job}?",
      'My CV says "{weak}". How could I make that stronger?',
      "I have {issue}, coming from {from}. What do I do about it in my CV?",
      "What should a CV for {job} look like? {^length}, please.",
      'Please review this line from my CV: "{weak}". The job: {job}.',
      "I want to change careers and become {job}. Which parts of {from} are worth mentioning?",
      "Could you rewrite my profile? Background: {from}. Goal: {job}.",
      "I've sent thirty applications as {job} and heard nothing. Is it my CV? There's {issue}.",
    ],
    terse: ["cv {job}", "resume {weak}", "cv {job} with {issue}", "improve cv {from}"],
    details: [
      "There's {issue}.",
      "I'd like {length}.",
      "The advert stresses teamwork.",
      "I'm not good at praising myself.",
      "My last CV is from 2015.",
    ],
    pastes: [
      "The section at the moment:\n\nExperience\n{^from}\n- {weak}\n- worked with different people\n- took part in meetings\n\nSkills\nOffice programs, English, communication, driving licence",
    ],
    replies: [
      'Replace duties with results. "{weak}" becomes "{strong}".',
      'For {job}, put the three things the advert asks for in the first third. Your best line: "{strong}".',
      '{^from} is worth more than you think. Say what you did, for how many, and what changed: "{strong}".',
      'With {issue} I would be open and short: one line, no apology. Then draw attention to this: "{strong}".',
    ],
    tips: [
      "One page is enough for under ten years of experience.",
      "Take the words of the advert where they are true.",
      "Save it as a PDF with your name in the file name.",
    ],
    followUps: [
      [
        "Does it need a photo?",
        "That depends on the country: usual in some, unwelcome in others. If in doubt, leave it out.",
      ],
      [
        "How do I explain {issue}?",
        "One neutral line with the period and what you did in it. Longer explanations raise more questions.",
      ],
      [
        "Which skills should I list?",
        "Only those you could talk about for five minutes. Group them: tools, languages, subject.",
      ],
      [
        "Could you write the profile at the top?",
        '"{^strong}. Now looking for a role as {job}." Two lines, no adjectives.',
      ],
      [
        "Do hobbies belong in there?",
        'Only if they say something about you that helps: a team, a project, endurance. "Reading" doesn\'t.',
      ],
    ],
    slips: [
      [
        "I never said that, you made up numbers!",
        "You're right, and I'm sorry: only use figures that are true. The pattern is what you did, for how many, with which result.",
      ],
    ],
  },
};

const coverLetter: UseCase = {
  id: "write-cover-letter",
  domain: "career",
  english: {
    scenes: [
      {
        role: "a position at a museum",
        why: "I spent every rainy Sunday there as a child",
        match: "three years of guided tours",
      },
      {
        role: "a job as a barista",
        why: "I like early mornings and regulars",
        match: "two summers in a busy café",
      },
      {
        role: "an internship at an architecture office",
        why: "your library in the old brewery",
        match: "a degree project on reuse",
      },
      {
        role: "a marketing role at a start-up",
        why: "your product solved a problem I had",
        match: "a newsletter I grew to 3,000 readers",
      },
      {
        role: "an apprenticeship as an electrician",
        why: "I've been taking radios apart since I was nine",
        match: "a two-week placement",
      },
      { role: "a PhD position in ecology", why: "your work on hedgerows", match: "a thesis on wild bees" },
      {
        role: "a post in public administration",
        why: "I want work with a purpose that lasts",
        match: "five years in a law firm",
      },
    ],
    slots: {
      tone: ["confident but not arrogant", "warm", "formal", "short and direct", "a bit unusual"],
      fear: [
        "I'm overqualified",
        "I don't meet all of the requirements",
        "I have no experience in the field",
        "I was rejected there two years ago",
      ],
    },
    requests: [
      "Can you write a cover letter for {role}? I bring {match}.",
      'How do I start a cover letter for {role} without "I am writing to apply"?',
      "I'm applying for {role}, and {fear}. How do I put that?",
      "Please help me with a motivation letter for {role}. My reason: {why}.",
      "Could you shorten my cover letter? It's for {role} and should be {tone}.",
      "What should go into a cover letter for {role}, apart from {match}?",
      "I need an application letter by tonight! It's {role}. {^tone}, please.",
      "Do I even need a cover letter for {role}?",
      'Could you check whether this is too personal for {role}: "{why}"?',
    ],
    terse: [
      "cover letter {role}",
      "{role} application {tone}",
      "motivation letter {match}",
      "cover letter although {fear}",
    ],
    details: [
      "Honestly, {fear}.",
      "It should be {tone}.",
      "The contact person isn't named.",
      "Half a page would be ideal.",
      "I really want this one.",
    ],
    replies: [
      "Three short paragraphs work best: why them, why you, and when you could start. Tell me one thing that you're proud of, and I'll turn it into an opening line.",
      "I would skip the sentence that everybody writes and begin with a concrete moment. What made you stop at this advert? Send me two or three notes, and I'll draft the letter from them.",
      'Draft:\n\n"{^why}. That is one reason why I am applying. The other: {match}, which taught me what your advert asks for. I would be glad to tell you more in person."',
      'Start with the reason that only you can give: "{why}". Then the evidence: {~match}. Then one sentence on what you\'d do in the first months.',
      "For {role}, three short paragraphs: why them, why you ({~match}), and when you could start. {^tone}, so no superlatives.",
      "If {~fear}, don't apologise for it. Show what you do have: {~match}.",
    ],
    tips: [
      "Use the company's own name for the position.",
      "Half a page is plenty.",
      "Let someone read it who knows you: does it sound like you?",
    ],
    followUps: [
      [
        "It's too long.",
        "Cut the paragraph about you and keep the one about the work. The CV says the rest.",
      ],
      [
        "How should I address it?",
        '"Dear hiring team" is fine. A call to ask for the name shows interest, too.',
      ],
      [
        "Should I mention my salary expectations?",
        "Only if they ask. Then give a range whose lower end you could live with.",
      ],
      [
        "Can you make it {tone}?",
        'Sure: shorter sentences, active verbs, and "{match}" in the very first line.',
      ],
    ],
    slips: [
      [
        "That sounds like every letter on the internet.",
        'Fair, let me use your own words: "{why}" at the start, and nothing that anybody else could have written.',
      ],
    ],
  },
};

const interview: UseCase = {
  id: "interview-practice",
  domain: "career",
  english: {
    known: ["q"],
    scenes: [
      {
        job: "a team lead position",
        q: "Tell me about a conflict in your team.",
        tip: "describe the situation in two sentences and your own part in four",
        trap: "blaming others",
      },
      {
        job: "a customer service role",
        q: "How do you deal with an angry customer?",
        tip: "listen, repeat, offer, follow up",
        trap: "answering in theory only",
      },
      {
        job: "a software engineering role",
        q: "Walk me through a design that failed.",
        tip: "choose a real failure and what you changed afterwards",
        trap: "a fake weakness",
      },
      {
        job: "a nursery teacher's job",
        q: "What do you do when a child bites another one?",
        tip: "safety first, then comfort, then words for both",
        trap: "forgetting the parents",
      },
      {
        job: "a graduate scheme",
        q: "Where do you see yourself in five years?",
        tip: "name a direction and not a title",
        trap: '"in your chair"',
      },
      {
        job: "a sales job",
        q: "Sell me this pen.",
        tip: "ask what they need before you say anything",
        trap: "listing features",
      },
      {
        job: "a position abroad",
        q: "Why do you want to leave your country?",
        tip: "talk about what draws you there",
        trap: "complaining about home",
      },
    ],
    slots: {
      when: ["tomorrow at ten", "on Thursday", "next week", "in two hours", "on Monday"],
      fear: [
        "I talk too fast when I'm nervous",
        "I go blank",
        "English isn't my first language",
        "I was made redundant",
        "it's my first interview in fifteen years",
      ],
    },
    requests: [
      "I have an interview for {job} {when}. Can we practise?",
      'How should I answer "{q}"?',
      "What questions will they ask in an interview for {job}?",
      "Please play the interviewer for {job} and give me feedback.",
      "I'm nervous: {fear}. How do I prepare for {job}?",
      "Which questions can I ask at the end of an interview for {job}?",
      "My interview is {when} and {fear}. Any quick tips?",
      'Is this a good answer to "{q}"? I\'d talk about a project last year.',
      'Could you do a mock interview with me? The job: {job}. Start with "{q}"',
    ],
    terse: ["interview {job}", "answer: {q}", "mock interview {job}", "interview tips {fear}"],
    details: [
      "It's {when}.",
      "{^fear}.",
      "Two people will be there, one from HR.",
      "It's a video call.",
      "They've moved the date twice already.",
    ],
    replies: [
      'Gladly. First question: "{q}" A hint: {tip}.',
      'For "{q}": {tip}. Avoid this: {trap}.',
      'Likely questions for {job}: why here, why now, and "{q}" For the last one, {tip}.',
      'If {~fear}, prepare three stories and use them for whatever comes. For "{q}", {tip}.',
    ],
    tips: [
      "Answer aloud, not in your head.",
      "A pause of three seconds feels long only to you.",
      "Bring one question that shows you have used their product.",
    ],
    followUps: [
      [
        "My answer: I'd talk to both of them separately first.",
        "Good start. Add the result: what was different two weeks later? And watch out for {trap}.",
      ],
      [
        "What do I say about salary?",
        "Let them name a range first. If they insist, give one of your own with the lower end as your real target.",
      ],
      ["What should I wear?", "One notch above what people wear there on a normal day."],
      [
        "Next question, please.",
        '"What would your last manager say about you?" Take something true with an example, and keep it under a minute.',
      ],
      [
        "How do I follow up afterwards?",
        "A short e-mail the next day: thanks, one thing you found interesting, and that you're looking forward to hearing from them.",
      ],
    ],
    slips: [["You asked me three questions at once.", 'Sorry, one at a time: "{q}"']],
  },
};

const salary: UseCase = {
  id: "salary-negotiation",
  domain: "career",
  english: {
    scenes: [
      {
        case: "I earn less than a colleague who started after me",
        arg: "what you deliver, not what he earns",
        line: "I'd like to talk about my salary. Over the last year I took over X and Y.",
      },
      {
        case: "I've got an offer from a competitor",
        arg: "that you would like to stay, and what it would take",
        line: "I have an offer, and I'd prefer to stay. Can we find a way?",
      },
      {
        case: "I haven't had a raise for three years",
        arg: "the growth of your tasks since then",
        line: "Since 2023 my role has grown, and I would like my pay to follow.",
      },
      {
        case: "the offer is lower than I hoped",
        arg: "the market and the start they want from you",
        line: "I'm very interested. With my experience I was expecting something around...",
      },
      {
        case: "I was promoted without a raise",
        arg: "the gap between the title and the pay",
        line: "I'm glad about the trust. When will the salary be adjusted?",
      },
      {
        case: "they say that the budget is frozen",
        arg: "other things of value",
        line: "I understand. Then let's talk about days off, training or a date for a review.",
      },
    ],
    slots: {
      pct: ["5 %", "8 %", "10 %", "15 %", "20 %"],
      style: [
        "I hate negotiating",
        "my boss is friendly but evasive",
        "I tend to give in too early",
        "my review is next week",
        "it's my first real job",
      ],
    },
    requests: [
      "How do I ask for a raise? {^case}.",
      "{^case}. Is it reasonable to ask for {pct} more?",
      "Can you help me prepare for a salary talk? {^style}.",
      "What do I say if {case}?",
      "I want to ask for {pct} more. What are good arguments if {style}?",
      "Could we role-play a salary negotiation? You're my boss. {^case}.",
      "Please write me an opening line for a conversation about pay. {^case}.",
      "Should I name a number first? {^style}.",
      "When is the right moment to bring up money? {^case}.",
    ],
    terse: ["ask for raise {pct}", "salary negotiation {case}", "raise arguments", "counter offer, {case}"],
    details: [
      "{^style}.",
      "I'm thinking of {pct}.",
      "I like the job otherwise.",
      "The company is doing well.",
      "I've written down what I did this year.",
    ],
    replies: [
      'Base it on {arg}. You could open like this: "{line}"',
      'First, prepare three results with numbers. Then: "{line}" After that, stop talking. Your strongest argument is {arg}.',
      "{^pct} is within what people ask for. Ask a little more, and rest your case on {arg}.",
      'If {~style}, write down the first sentence and learn it: "{line}"',
    ],
    tips: [
      "Silence is part of negotiating.",
      "Get the result in writing.",
      "Don't threaten to leave unless you would.",
    ],
    followUps: [
      [
        "And if he says no?",
        'Ask: "What would have to happen for a yes, and by when?" Then write the answer down and send it to him.',
      ],
      [
        "Can you play my boss?",
        '"You know that I value your work. But the budget is tight this year..." Your turn.',
      ],
      [
        "Isn't that too pushy?",
        "No. You state facts and ask a question. That's normal, and managers expect it.",
      ],
      [
        "What else could I ask for?",
        "More holidays, training, a budget for equipment, fewer hours for the same pay, or a fixed date for the next talk.",
      ],
    ],
    slips: [
      [
        "I don't want to compare myself with anyone, I told you.",
        "True, sorry. Then leave the colleague out and talk only about {arg}.",
      ],
    ],
  },
};

const colleagueFeedback: UseCase = {
  id: "workplace-feedback",
  domain: "career",
  english: {
    scenes: [
      {
        person: "a colleague who interrupts everyone",
        point: "in Monday's meeting Sam could not finish twice",
        wish: "let others finish, and raise a hand if it is urgent",
        form: "a private talk",
      },
      {
        person: "an intern who has become careless",
        point: "three of the last five reports had wrong dates",
        wish: "check the dates with the list before sending",
        form: "a short weekly talk",
      },
      {
        person: "my manager, who micromanages",
        point: "I got eleven messages about one slide",
        wish: "one check-in a day at a fixed time",
        form: "a one-on-one",
      },
      {
        person: "a top performer who treats others badly",
        point: "two people asked not to work with him",
        wish: "the same results without sarcasm",
        form: "a serious conversation with a follow-up date",
      },
      {
        person: "a new team member who is doing very well",
        point: "she found the billing error within a week",
        wish: "more of that, and a bigger task",
        form: "praise in front of the team",
      },
      {
        person: "a colleague who takes credit for my work",
        point: "my analysis was shown without my name",
        wish: "naming who did what",
        form: "a calm question first",
      },
      {
        person: "a freelancer who misses deadlines",
        point: "two of three deliveries came late",
        wish: "an early warning",
        form: "an e-mail with clear dates",
      },
    ],
    slots: {
      ctx: [
        "in the yearly review",
        "before the next sprint",
        "by e-mail",
        "in our one-on-one",
        "in front of the team",
      ],
      worry: [
        "I don't want to hurt anyone",
        "the last time it ended in tears",
        "I'm younger than everybody else here",
        "we're friends outside work",
      ],
    },
    requests: [
      "How do I give feedback to {person}?",
      "I have to talk to {person}. What should I say {ctx}?",
      "Can you help me word feedback for {person}? Example: {point}.",
      "What's the best way to handle {person}? {^worry}.",
      "Please write a paragraph for a performance review of {person}.",
      "I manage {person}. {^point}. How would you bring that up?",
      "Could you help me prepare a difficult conversation? It's about {person}.",
      "Should I say something {ctx} or in private? It concerns {person}.",
      "I'd like {person} to change one thing: {wish}. How do I put that kindly?",
    ],
    terse: [
      "feedback {person}",
      "performance review {person}",
      "how to tell {person}",
      "difficult conversation at work, {worry}",
    ],
    details: [
      "{^worry}.",
      "It has been going on for months.",
      "It'll happen {ctx}.",
      "HR isn't involved so far.",
      "I've been avoiding it.",
    ],
    replies: [
      "The right setting is {form}. Keep it to one example, and say what you wish for in place of what was wrong. Which situation would you start with?",
      'Facts first, then the effect, then a wish; no "always" and no "never". Ask how the other person saw it before you propose anything. I\'d choose {form}, and I wouldn\'t wait for long.',
      'Say what you saw, what it causes and what you wish for: "{^point}. It slows us down. My wish: {wish}." The right setting is {form}.',
      "I would choose {form}. Start with a fact: {~point}. Then ask how they see it before you propose anything.",
      'Keep it to one point. "{^point}" is concrete; "always" and "never" are not. Then: {wish}.',
      "If {~worry}, say so at the beginning, it disarms. Then the fact ({~point}) and the wish: {wish}.",
    ],
    tips: [
      "Ten minutes are enough.",
      "Agree on a date to look at it again.",
      "Praise needs an example as well.",
    ],
    followUps: [
      [
        "What if they get defensive?",
        'Don\'t argue about the past. Say: "I see it upsets you. What would you suggest so that it works?"',
      ],
      [
        "Can you write it as an e-mail?",
        '"Could we talk for ten minutes this week? {^point}, and I\'d like to find a way together." The talk itself should be in person.',
      ],
      [
        "I'm not their boss. May I say it at all?",
        'Yes, as a wish instead of a judgement: "It would help me if..." That\'s always allowed.',
      ],
      [
        "It didn't change anything.",
        "Then be clearer once: name the fact, the consequence and a date. After that, involve your manager.",
      ],
    ],
    slips: [
      [
        "That's much too harsh!",
        'I see, sorry. Softer: "May I share an observation? {^point}. How did you see that?"',
      ],
    ],
  },
};

export const career: readonly UseCase[] = [cv, interview, coverLetter, salary, colleagueFeedback];
