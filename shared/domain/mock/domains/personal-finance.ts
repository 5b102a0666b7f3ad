import type { UseCase } from "../script.ts";

const budget: UseCase = {
  id: "household-budget",
  domain: "personal_finance",
  english: {
    known: ["leak", "method"],
    scenes: [
      {
        income: "2,400",
        rent: "850",
        left: "1,550",
        household: "a couple without children",
        leak: "eating out three times a week",
        aim: "save 300 a month",
      },
      {
        income: "1,900",
        rent: "700",
        left: "1,200",
        household: "a single person",
        leak: "subscriptions that nobody uses",
        aim: "build up an emergency fund",
      },
      {
        income: "3,800",
        rent: "1,400",
        left: "2,400",
        household: "a family of four",
        leak: "groceries without a list",
        aim: "pay for a holiday in advance",
      },
      {
        income: "1,150",
        rent: "480",
        left: "670",
        household: "a student",
        leak: "coffee and delivery food",
        aim: "get through the month without an overdraft",
      },
      {
        income: "2,900",
        rent: "1,000",
        left: "1,900",
        household: "a single parent",
        leak: "small purchases online",
        aim: "put aside something for the car",
      },
      {
        income: "2,100",
        rent: "640",
        left: "1,460",
        household: "a freelancer with uneven income",
        leak: "taxes that come as a surprise",
        aim: "stop worrying about slow months",
      },
      {
        income: "4,600",
        rent: "1,650",
        left: "2,950",
        household: "two earners with separate accounts",
        leak: "unclear shares of the shared costs",
        aim: "split things fairly",
      },
      {
        income: "1,700",
        rent: "590",
        left: "1,110",
        household: "a retired couple",
        leak: "insurance policies from the nineties",
        aim: "keep a cushion for repairs",
      },
    ],
    slots: {
      method: ["the 50/30/20 rule", "envelopes", "a spreadsheet", "an app", "two accounts", "a notebook"],
      feeling: [
        "it feels as if the money evaporates",
        "I'm tired of being broke on the 20th",
        "we argue about it",
        "I've never had a budget in my life",
        "prices have gone up and my salary hasn't",
      ],
    },
    requests: [
      "Can you help me make a monthly budget? I earn {income} after tax, the rent is {rent}, and I want to {aim}.",
      "How should {household} divide {income} a month?",
      "I take home {income} and {feeling}. How do I start budgeting?",
      "What's a realistic budget for {household} with {income} a month and {rent} in rent?",
      "Please explain {method}, with my numbers: income {income}, rent {rent}.",
      "We're {household} and would like to {aim}. Where can we cut back?",
      "My biggest problem is {leak}. How do I get that under control? Income {income}, rent {rent}.",
      "Is {rent} too much rent for an income of {income}?",
      "Could you set up a budget plan for {household}? The goal is to {aim}.",
      "At the end of every month there is nothing left of {income}, and {feeling}. Can you find out where it goes?",
    ],
    terse: [
      "budget {income} month rent {rent}",
      "{method} {income}",
      "how to {aim}",
      "monthly budget {household}",
    ],
    details: [
      "Honestly, {feeling}.",
      "I suspect {leak}.",
      "I've tried {method} and gave up after two weeks.",
      "There's no debt, luckily.",
      "Electricity and internet come to about 130.",
    ],
    pastes: [
      "My list for last month:\n\nIncome {income}\nRent {rent}\nElectricity and internet 130\nGroceries {280|340|410}\nEating out {150|220|95}\nTransport {49|80|120}\nSubscriptions {38|61|25}\nClothes {60|0|140}\nNo idea {170|240|90}",
    ],
    replies: [
      "With {income} and {rent} for rent you have {left} for everything else. To {aim}, move that amount on payday, before you spend anything.",
      "Let's sort it: fixed costs first ({rent} plus energy and insurance), then savings, then a weekly amount for the rest. From {left}, that usually works out. The first thing I'd look at: {leak}.",
      "For {household}, a simple frame is enough:\n- fixed: {rent} and bills\n- future: what it takes to {aim}\n- free: the rest, per week\n\nThe usual hole is {leak}.",
      "{^method}: a good start. Note every expense for four weeks, without judging. Very often {leak} turns out to be the largest item.",
    ],
    tips: [
      "A budget that leaves no room for fun lasts three weeks.",
      "Round up the costs and round down the income.",
      "Set a date once a month to look at it, with good coffee.",
    ],
    followUps: [
      [
        "What percentage should rent be?",
        "A third is a common rule of thumb. Yours is {rent} of {income}; what matters is that the rest covers your life.",
      ],
      [
        "How large should an emergency fund be?",
        "Three months of fixed costs to begin with. Even one month takes away most of the stress.",
      ],
      [
        "And yearly bills, like insurance?",
        "Add them up, divide by twelve and put that aside monthly, on a separate account.",
      ],
      [
        "Could you turn that into a table?",
        "Income | {income}\nRent | {rent}\nRemaining | {left}\nof which savings | first\nof which bills | second\nof which weekly money | the rest, divided by four",
      ],
      [
        "I always give up after two weeks. Any trick?",
        "Fewer categories. Three are enough: fixed, future, free. You only have to watch the third one.",
      ],
    ],
    slips: [
      [
        "Your numbers don't add up. {income} minus {rent} is {left}, but you distributed more than that.",
        "You're right, I apologise. The limit is {left}. Lower the free part until it fits; savings and bills stay.",
      ],
      [
        "I asked for something for {household}, not general advice.",
        "Fair. For {household} then: {left} is left after rent, and the most effective step is to tackle {leak}.",
      ],
    ],
  },
};

const debt: UseCase = {
  id: "pay-off-debt",
  domain: "personal_finance",
  concern: 2,
  english: {
    scenes: [
      {
        debts: "two credit cards and a store card",
        order: "the card with 24 % interest first",
        risk: "paying only the minimum on all of them",
      },
      {
        debts: "an overdraft and a car loan",
        order: "the overdraft, which costs twice as much",
        risk: "using it again as soon as it is empty",
      },
      {
        debts: "student debt and a credit card",
        order: "the card; the student loan can wait",
        risk: "postponing everything",
      },
      {
        debts: "money I owe my brother and a personal loan",
        order: "whatever strains the relationship more",
        risk: "pretending that family debt is not debt",
      },
      {
        debts: "three buy-now-pay-later plans",
        order: "the one that is due first, and no new ones",
        risk: "losing track of the dates",
      },
      {
        debts: "a tax bill and unpaid parking fines",
        order: "ask both for instalments before the deadline",
        risk: "not opening the letters",
      },
      {
        debts: "a medical bill and rent arrears",
        order: "the rent, always",
        risk: "losing the flat over a bill that can wait",
      },
    ],
    slots: {
      sum: ["4,300", "7,900", "11,000", "2,650", "18,500", "6,100"],
      spare: ["150", "220", "90", "300", "400"],
      mood: [
        "I can't sleep because of it",
        "my wife doesn't know",
        "I'm ashamed to talk about it",
        "I finally want to be done with it",
        "it's getting more every month",
      ],
    },
    requests: [
      "I've got {debts}, about {sum} in all. What should I pay off first?",
      "How do I get out of debt? It's {debts}, {sum} in all, and I can spare {spare} a month.",
      "Is it better to pay off the smallest debt first or the most expensive one? I have {debts}.",
      "Can you make a repayment plan? {^debts}, {sum} in total, {spare} a month.",
      "Should I take out one loan to pay off {debts}?",
      "I owe {sum} ({debts}), and {mood}. Where do I start?",
      "What happens if I can't pay? It's about {debts}.",
      "How long will it take me to pay back {sum} with {spare} a month? It is {debts}.",
      "Please explain debt consolidation in simple words. I have {debts}.",
    ],
    terse: ["pay off {debts}", "debt {sum} plan", "snowball or avalanche {sum}", "consolidate {debts}"],
    details: [
      "And {mood}.",
      "I have {spare} a month left for it.",
      "I've stopped using the card.",
      "A collection agency has written to me.",
      "My income is stable.",
    ],
    replies: [
      "Take it step by step: list every debt with rate and due date, pay the minimum everywhere, and put everything else into one. In your case: {order}. What to avoid: {risk}.",
      "Good that you are looking at it. With {~debts} I would choose {order}. With {spare} a month on top, you'll see the difference within half a year.",
      "By the numbers, the highest rate goes first; for motivation, the smallest. For you: {order}. The real danger is {risk}.",
      "Before anything else: a free debt advice service can negotiate for you, and that's no shame at all. Until then, {order}.",
    ],
    tips: [
      "Never pay for debt advice in advance.",
      "Call the creditors before a deadline passes, not after.",
      "Keep a tiny reserve, so that the next repair doesn't go on the card.",
    ],
    followUps: [
      [
        "Is a consolidation loan a good idea?",
        "Only if the rate is clearly lower, the term isn't much longer, and the old cards are closed. Otherwise you end up with both.",
      ],
      [
        "They're threatening to send someone to my door.",
        "A collection agency may write and call, but it has no right to come in. Ask for the claim in writing, and contact a debt advice service this week.",
      ],
      [
        "How do I tell my partner?",
        'With the list in your hand and a first step already taken. "I have {sum} of debt, here is my plan, and I want you to know" is easier to hear than a discovery.',
      ],
      [
        "How long will it take?",
        "Roughly {sum} divided by {spare}, plus interest. Every additional payment shortens it more than you'd think.",
      ],
    ],
    slips: [
      [
        "You forgot the interest in your calculation.",
        "You're right, sorry. With interest it takes noticeably longer, which is why the order matters: {order}.",
      ],
    ],
  },
};

const tax: UseCase = {
  id: "tax-return-question",
  domain: "personal_finance",
  english: {
    scenes: [
      {
        item: "a home office",
        rule: "a flat rate per day is usually simpler than the room itself",
        proof: "a calendar of the days worked at home",
      },
      {
        item: "a laptop that I also use privately",
        rule: "only the share used for work counts",
        proof: "the receipt and an honest estimate",
      },
      {
        item: "the commute by bike",
        rule: "the distance counts, whatever the vehicle",
        proof: "the number of working days",
      },
      {
        item: "donations to two charities",
        rule: "they count if the organisation is registered",
        proof: "the bank statement",
      },
      {
        item: "a second job on weekends",
        rule: "both incomes are added, so expect to pay something on top",
        proof: "both wage statements",
      },
      {
        item: "income from selling photos online",
        rule: "profit counts from the first cent, but there are thresholds",
        proof: "a simple list of income and expenses",
      },
      {
        item: "childcare",
        rule: "part of it is deductible if it was not paid in cash",
        proof: "the invoice and the transfer",
      },
      {
        item: "a move for a new job",
        rule: "moving costs count if the job was the reason",
        proof: "the contract and the removal invoice",
      },
    ],
    slots: {
      status: [
        "I'm employed",
        "I'm a freelancer",
        "it's my first tax return",
        "I changed jobs in May",
        "we got married last year",
      ],
      by: ["with the official software", "with a tax app", "on paper", "with an accountant"],
    },
    requests: [
      "Can I deduct {item} from my taxes? {^status}.",
      "How do I declare {item} in my tax return?",
      "I'm doing my taxes {by} and don't know where to put {item}.",
      "What proof do I need for {item}?",
      "Does {item} make a difference for my tax return if {status}?",
      "Please explain in simple words how {item} is taxed.",
      "Last year I had {item}. Do I have to file a return?",
      "My tax office rejected {item}. Should I object?",
      "Is it worth hiring an accountant for {item}? {^status}.",
    ],
    terse: ["tax return {item}", "deduct {item}", "{item} tax {status}", "where to enter {item}"],
    details: [
      "{^status}.",
      "The deadline is in {two weeks|a month|ten days}.",
      "I do it {by}.",
      "My colleagues all say something different.",
      "I still have most of the receipts.",
    ],
    replies: [
      "In general, {rule}. Keep {proof}.",
      "For {~item} the principle is: {rule}. As proof, {proof} will do. Details differ by country, so tell me where you file.",
      "Short version: {rule}. If {~status}, it's worth entering. You will need {proof}.",
      "Yes, it can matter. {^rule}. Have {proof} at hand, in case they ask.",
    ],
    tips: [
      "This is general information and no tax advice.",
      "If in doubt, enter it and explain it in a note.",
      "Set up a folder for next year's receipts today.",
    ],
    followUps: [
      [
        "What if I've lost the receipt?",
        "Ask for a copy or show the transfer. A short self-made note is accepted for small amounts in many places.",
      ],
      [
        "I missed the deadline!",
        "File as soon as you can and ask for an extension at the same time. A short delay is usually cheap; silence isn't.",
      ],
      [
        "How much will I get back?",
        "That depends on your rate: of 100 deducted you get back your rate, for many people 20 to 40.",
      ],
      [
        "Could I still claim that for the year before?",
        "Often yes, as long as that year hasn't been closed. Check the date on the last assessment.",
      ],
    ],
    slips: [
      ["That's the rule for companies. {^status}.", "You're right, sorry. For you it's simpler: {rule}."],
    ],
  },
};

const mortgage: UseCase = {
  id: "compare-mortgages",
  domain: "personal_finance",
  english: {
    scenes: [
      {
        a: "3.4 % fixed for ten years",
        b: "3.9 % fixed for twenty years",
        point: "how sure you want to be about the time after ten years",
        hint: "the longer term is an insurance against rising rates",
      },
      {
        a: "a variable rate at 3.1 %",
        b: "a fixed rate at 3.6 %",
        point: "whether your budget survives two percentage points more",
        hint: "a mix of both is possible",
      },
      {
        a: "a deposit of ten per cent",
        b: "waiting two years for a deposit of twenty",
        point: "how fast prices and rents rise meanwhile",
        hint: "more deposit means a better rate",
      },
      {
        a: "repaying two per cent a year",
        b: "repaying three per cent a year",
        point: "what is left at the end of every month",
        hint: "a flexible repayment rate is worth asking for",
      },
      {
        a: "the offer of my own bank",
        b: "the offer of a broker",
        point: "the effective rate, fees included",
        hint: "a written offer from one is the best argument with the other",
      },
      {
        a: "refinancing now",
        b: "staying with the old loan",
        point: "the penalty compared with the savings",
        hint: "divide the cost by the monthly savings to get the break-even",
      },
    ],
    slots: {
      home: [
        "a flat",
        "a terraced house",
        "an old farmhouse",
        "a two-bedroom apartment",
        "a house with a garden",
      ],
      price: ["280,000", "340,000", "415,000", "520,000", "195,000"],
      safe: ["we both work", "I'm self-employed", "we plan to have children", "I want to retire in 15 years"],
    },
    requests: [
      "Should I choose {a} or {b}? We want to buy {home}.",
      "What's better for {home} at {price}: {a} or {b}?",
      "Can you compare two mortgage offers for me? One is {a}, the other {b}.",
      "How much house can we afford? We're looking at {home} for {price}; the bank offers {a} or {b}.",
      "I have two options, {a} and {b}. Which questions should I ask?",
      "Please explain the difference between {a} and {b} for somebody who hates numbers.",
      "We're about to sign for {home}. The bank suggests {a}. Is that reasonable?",
      "What would change over the years if I took {b} instead of {a}?",
      "Is it a bad time to buy {home}? {^safe}, and the choice is between {a} and {b}.",
    ],
    terse: ["{a} or {b}", "mortgage {price}", "compare mortgage {a}", "buy {home} {price}"],
    details: [
      "{^safe}.",
      "The price is {price}.",
      "We have about sixty thousand saved.",
      "The appointment at the bank is on Thursday.",
      "I don't want to lie awake at night.",
    ],
    replies: [
      "The question behind it is {point}. And {hint}.",
      "Between {~a} and {b}, decide by one thing: {point}. As {~safe}, I'd lean towards the safer side. {^hint}.",
      "Let's compare them fairly: same term, same repayment, all fees. What's left then is {point}. Note that {hint}.",
      "Neither is wrong. If {~safe}, then {point} matters most. {^hint}.",
    ],
    tips: [
      "Ask for the total cost over the fixed period.",
      "Keep two or three monthly salaries untouched.",
      "This is no financial advice, only a way to think about it.",
    ],
    followUps: [
      [
        "What are the hidden costs?",
        "Taxes on the purchase, notary or solicitor, survey, moving and the first repairs. Ten per cent of the price is a cautious guess.",
      ],
      ["Can I negotiate the rate?", "Yes. One better written offer is worth more than any argument."],
      [
        'What does "effective rate" mean?',
        "The yearly cost with fees and the way of paying included. It's the number that makes offers comparable.",
      ],
      [
        "And if rates fall later?",
        "Then you can usually refinance when the fixed period ends, in some countries earlier, for a fee.",
      ],
    ],
    slips: [
      [
        "You mixed up the two offers.",
        "I did, sorry. Once more: the first is {~a}, the second {b}. The difference comes down to {point}.",
      ],
    ],
  },
};

const investing: UseCase = {
  id: "start-investing",
  domain: "personal_finance",
  english: {
    scenes: [
      {
        sum: "50 a month",
        goal: "my retirement",
        advice: "a savings plan into one broad index fund",
        caution: "it can halve on paper and you have to sit through it",
      },
      {
        sum: "5,000 at once",
        goal: "a house in eight years",
        advice: "a mix of an index fund and a fixed-term deposit",
        caution: "money with a date should not be all in shares",
      },
      {
        sum: "200 a month",
        goal: "my newborn's education",
        advice: "an index fund in the child's name or your own",
        caution: "in the child's name it belongs to the child at 18",
      },
      {
        sum: "an inheritance of 40,000",
        goal: "I don't know yet",
        advice: "park it for three months before you decide anything",
        caution: "relatives and advisers get very interested",
      },
      {
        sum: "my bonus",
        goal: "a sabbatical in two years",
        advice: "a savings account or a two-year deposit",
        caution: "two years is too short for shares",
      },
      {
        sum: "30 a week",
        goal: "learning how it works",
        advice: "a small plan with one index fund, and reading along",
        caution: "single shares are entertainment, not a plan",
      },
    ],
    slots: {
      fear: [
        "I'm afraid of losing everything",
        "I don't understand half of the words",
        "my father lost money in 2008",
        "my friends only talk about crypto",
        "I'm already forty-five",
      ],
      word: ["ETF", "diversification", "compound interest", "accumulating fund", "expense ratio"],
    },
    requests: [
      "I'd like to start investing with {sum}. How does a beginner do that?",
      "What should I do with {sum}? The goal is {goal}.",
      "Can you explain what {word} means? I want to invest {sum}.",
      "Is it too late to start? {^fear}.",
      "How do I invest {sum} without watching the market every day?",
      "My bank recommends its own fund for {goal}. Is that a good idea?",
      "Please explain the difference between saving and investing, for {sum}.",
      "Should I invest {sum} in one go or in small steps?",
      "{^fear}. Still, I need something for {goal}. What is sensible?",
    ],
    terse: ["invest {sum} beginner", "what is {word}", "{sum} for {goal}", "index fund or savings account"],
    details: [
      "{^fear}.",
      "It's meant for {goal}.",
      "I have an emergency fund.",
      "Low fees are important to me.",
      "I want to set it up once and forget it.",
    ],
    replies: [
      "Picture a basket: in place of one fruit you buy a little of each and keep it for years. {^word} belongs to that idea. A sensible first step would be {advice}.",
      "For {~goal}, a common choice is {advice}. Be aware that {caution}.",
      "Three questions first: when do you need it, how much could you bear to lose for a while, and is there an emergency fund? If so, {advice}. And {caution}.",
      "In plain words: time matters more than timing. With {~sum} I would look at {advice}. The catch: {caution}.",
      "A slow and simple start is the best one: {advice}. Mind that {caution}.",
    ],
    tips: [
      "I can explain options, but this isn't personal advice.",
      "Compare yearly costs; above half a per cent you should ask why.",
      "Automate it on the day your salary arrives.",
    ],
    followUps: [
      [
        "What is {word} again?",
        "Think of a basket: instead of picking one fruit, you get a little of each. {^word} is one of the words around that idea, and you'll meet it on every fact sheet.",
      ],
      [
        "What about crypto?",
        "Only with money whose loss would not change your plans. For {~goal} I would leave it out.",
      ],
      [
        "How do I choose a broker?",
        "Regulated in your country, low fees for savings plans, and an app that doesn't shout at you.",
      ],
      [
        "And if the market crashes right after I start?",
        "Then your next instalments buy more for the same money. That's the advantage of small steps.",
      ],
    ],
    slips: [
      [
        "You recommended shares for money I need in two years?!",
        "You're right, that was bad advice, sorry. For a short horizon take a deposit account.",
      ],
    ],
  },
};

export const personalFinance: readonly UseCase[] = [budget, tax, debt, investing, mortgage];
