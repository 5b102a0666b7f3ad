import type { UseCase } from "../script.ts";

const deposit: UseCase = {
  id: "tenancy-deposit-dispute",
  domain: "legal_admin",
  trouble: true,
  concern: 2,
  english: {
    scenes: [
      {
        claim: "scratches on the wooden floor",
        view: "normal wear is not damage",
        proof: "the handover report and photos",
      },
      {
        claim: "a full repaint in white",
        view: "after several years repainting is often the landlord's own cost",
        proof: "the year of the last painting",
      },
      {
        claim: "a professional cleaning",
        view: "clean as a private person cleans is enough",
        proof: "photos from the last day",
      },
      {
        claim: "a broken blind",
        view: "what you broke you pay, but only at its current value",
        proof: "the age of the blind",
      },
      {
        claim: "mould in the bathroom",
        view: "it depends on whether the building or the airing is to blame",
        proof: "messages in which you reported it",
      },
      {
        claim: "lost keys",
        view: "a new lock is due only if there is a real risk",
        proof: "how and where the key was lost",
      },
      {
        claim: "unpaid service charges",
        view: "part of the deposit may be kept until the yearly statement",
        proof: "the statements of earlier years",
      },
    ],
    slots: {
      sum: ["900", "1,450", "2,100", "640", "1,800"],
      since: ["two months ago", "in June", "half a year ago", "six weeks ago"],
      years: ["two years", "seven years", "eighteen months", "four years"],
    },
    requests: [
      "My landlord won't return my deposit of {sum} because of {claim}. Is that allowed?",
      "I moved out {since} and still have not got my deposit back. What can I do?",
      "Can a landlord keep {sum} for {claim}?",
      "How do I get my deposit back? He claims {claim}, after I lived there for {years}.",
      "What are my rights as a tenant if the landlord deducts {sum} for {claim}?",
      "Please help me write a letter to my landlord demanding the deposit of {sum}.",
      "The letting agency wants me to pay for {claim}. I lived there {years}. Do I have to?",
      "I think I'm being cheated: {claim}, {sum} deducted. How do I object?",
      "Is {claim} wear and tear? I rented the flat for {years}.",
    ],
    terse: [
      "deposit not returned {claim}",
      "landlord keeps {sum}",
      "{claim} tenant pays?",
      "deposit back after {years}",
    ],
    details: [
      "I lived there for {years}.",
      "There is a signed handover report.",
      "I moved out {since}.",
      "He doesn't answer my calls.",
      "It's {sum} in total.",
      "The next tenant moved in the day after.",
    ],
    replies: [
      "As a rule, {view}. What helps you most: {proof}. Write to the landlord with a deadline of 14 days.",
      "About {claim}: {view}. Ask for a breakdown with receipts, and collect {proof}.",
      "You are not without rights. {^view}. I'd send a registered letter: amount ({sum}), deadline, bank account. Attach {proof}.",
      "Step by step: 1. ask for the deductions in writing, 2. compare them with {proof}, 3. set a deadline, 4. then a tenants' association or small claims. In general, {view}.",
    ],
    tips: [
      "That's general information; the law where you live decides.",
      "Stay polite in writing, as a judge may read it.",
      "Many places have a free arbitration service for this.",
    ],
    followUps: [
      [
        "Could you draft the letter?",
        '"I moved out {since}. Please transfer the deposit of {sum} within 14 days. I reject the deduction for {claim}, since the flat shows only normal wear." Add date and account.',
      ],
      [
        "How long may he keep it?",
        "A few months for checking, in many places three to six. A part for open bills may be kept longer.",
      ],
      [
        "I have no photos.",
        "Then witnesses help: whoever was there on the last day. And the handover report, if nothing is noted in it.",
      ],
      [
        "Is it worth going to court?",
        "For {sum}, a small claims procedure is made for that; you don't need a lawyer. A letter from a tenants' association often settles it first.",
      ],
      [
        "He says that I signed a clause about it.",
        "Such clauses aren't always valid. Have the exact wording checked before you pay.",
      ],
    ],
    slips: [
      [
        "We're not in Germany, that law doesn't apply here.",
        "You're right, I assumed that, sorry. Tell me the country or state, and I'll stick to the principle until then: {view}.",
      ],
    ],
  },
};

const contract: UseCase = {
  id: "explain-contract-clause",
  domain: "legal_admin",
  english: {
    scenes: [
      {
        doc: "my employment contract",
        clause: "The employee shall not engage in competing activities for twelve months after termination.",
        plain: "you may not work for a competitor for a year",
        ask: "whether you are paid during that time",
      },
      {
        doc: "a freelance agreement",
        clause: "All rights in the work product vest in the client upon creation.",
        plain: "everything you make belongs to the client at once, paid or not",
        ask: "that rights pass only after payment",
      },
      {
        doc: "a rental agreement",
        clause: "The rent shall be adjusted annually in line with the consumer price index.",
        plain: "the rent follows inflation each year",
        ask: "for a cap",
      },
      {
        doc: "the terms of a gym",
        clause: "The membership renews automatically for twelve months unless terminated three months prior.",
        plain: "if you forget to cancel in time, you pay for another year",
        ask: "for a monthly renewal",
      },
      {
        doc: "a loan agreement with my uncle",
        clause: "The lender may call in the full amount in case of default of two instalments.",
        plain: "if you miss two payments, all of it is due",
        ask: "for a grace period",
      },
      {
        doc: "a photo release form",
        clause: "The subject waives any claim to compensation, in perpetuity and worldwide.",
        plain: "they may use your picture for ever without paying",
        ask: "for a limit in time and purpose",
      },
      {
        doc: "an NDA",
        clause: "The recipient shall indemnify the discloser against any loss arising from breach.",
        plain: "you pay for all damage if something leaks through you",
        ask: "for a maximum amount",
      },
    ],
    slots: {
      stage: [
        "I have to sign by Friday",
        "I signed it last year",
        "they say that it's standard",
        "it's my first contract of this kind",
        "the other side refuses changes",
      ],
    },
    requests: [
      "What does this clause in {doc} mean?\n\n{clause}",
      'Can you explain this in plain English? It\'s from {doc}: "{clause}"',
      "I'm reading {doc} and stumbled over this sentence. Should I worry?\n\n{clause}",
      'Is this usual? "{clause}" {^stage}.',
      "Please tell me what I'm agreeing to with {doc}:\n\n{clause}",
      'How could I negotiate this part of {doc}? "{clause}"',
      "{^stage}. What are the risks of the following clause?\n\n{clause}",
      "What questions should I ask before I sign {doc}?",
      "Could you suggest a fairer wording for this line in {doc}?\n\n{clause}",
    ],
    terse: [
      "meaning: {clause}",
      "{doc} clause explained",
      "is this normal in {doc}: {clause}",
      "{doc} what to check",
    ],
    details: [
      "{^stage}.",
      "I don't have a lawyer.",
      "It's eleven pages long.",
      "The rest seems fine to me.",
      "English legal language is hard for me.",
    ],
    pastes: [
      "The paragraph around it:\n\n7.1 The parties shall treat the terms of this agreement as confidential.\n7.2 {clause}\n7.3 Amendments shall be made in writing.\n7.4 Should a provision be invalid, the remaining provisions stay in force.",
    ],
    replies: [
      "In plain words: {plain}. You could ask {ask}.",
      "It means that {plain}. That's common in {~doc}, but not harmless. I would ask {ask}.",
      "The sentence says: {plain}. As {~stage}, decide whether you can live with that. If not, ask {ask}.",
      "Translation: {plain}. A fairer version is possible; ask {ask}.",
    ],
    tips: [
      "For anything that really matters, have a lawyer read it; an hour is often enough.",
      "What was said doesn't count, what is written does.",
      "Never sign on the day you receive it.",
    ],
    followUps: [
      [
        "Is that even legal?",
        "It depends on where you are; some clauses like that are void. A local lawyer or advice centre can tell you in ten minutes.",
      ],
      [
        "How do I bring that up without seeming difficult?",
        "\"I'd like to sign this week. One point is still open for me: {plain}. Could we change that?\" That's normal business.",
      ],
      [
        "What happens if I just strike it out?",
        "Then it's a counter-offer. It only counts if the other side signs that version.",
      ],
      [
        "I've signed already. Can I get out?",
        "Perhaps: look for a withdrawal period, and for clauses that are invalid. Write down when and how you signed.",
      ],
    ],
    slips: [["You explained the wrong sentence.", "Sorry! For this one: {plain}."]],
  },
};

const passport: UseCase = {
  id: "renew-id-document",
  domain: "legal_admin",
  english: {
    scenes: [
      {
        doc: "my passport",
        need: "the old one, a biometric photo and the fee",
        time: "four to six weeks",
        fast: "an express service exists for an extra fee",
      },
      {
        doc: "my driving licence",
        need: "the old licence, a photo and in some cases an eye test",
        time: "about three weeks",
        fast: "ask for a temporary certificate",
      },
      {
        doc: "my residence permit",
        need: "proof of income, insurance and address",
        time: "up to three months",
        fast: "apply early; you get a document that bridges the gap",
      },
      {
        doc: "my daughter's ID card",
        need: "her birth certificate, a photo and the consent of both parents",
        time: "two to three weeks",
        fast: "a provisional card is issued at once",
      },
      {
        doc: "a copy of my birth certificate",
        need: "the place and date of birth and an ID",
        time: "one week",
        fast: "many registry offices offer it online",
      },
      {
        doc: "my health insurance card",
        need: "your insurance number",
        time: "ten days",
        fast: "a paper certificate can be sent by e-mail",
      },
    ],
    slots: {
      why: [
        "it expires next month",
        "I lost it on the train",
        "my name has changed since the wedding",
        "it was stolen on holiday",
        "I've moved to another city",
      ],
      where: ["online", "at the town hall", "from abroad", "at the consulate"],
    },
    requests: [
      "How do I renew {doc}? {^why}.",
      "What do I need to replace {doc}? {^why}.",
      "Can I apply for {doc} {where}?",
      "How long does it take to get {doc}? {^why}, and I'm travelling soon.",
      "I have an appointment for {doc}. Which papers do I bring?",
      "Please explain the steps to renew {doc} {where}.",
      "There are no appointments for {doc} for weeks. What can I do? {^why}.",
      "What does it cost to renew {doc}, and can someone else collect it?",
      "My problem with {doc}: {why}. Who is responsible?",
    ],
    terse: ["renew {doc}", "{doc}, {why}", "{doc} {where} documents needed", "how long {doc}"],
    details: [
      "{^why}.",
      "I'd prefer to do it {where}.",
      "I travel in five weeks.",
      "I'm at work during opening hours.",
      "The form is only in the local language.",
    ],
    replies: [
      "You'll need {need}. It takes {time}. In a hurry? {^fast}.",
      "To renew {~doc}: 1. book an appointment, 2. bring {need}, 3. wait {time}. Good to know: {fast}.",
      "If {~why}, report that first. Then apply with {need}. Plan {time}.",
      "{^time} is normal. If that's too long, {fast}. Bring {need}.",
    ],
    tips: [
      "Look for free slots early in the morning, when cancelled ones appear.",
      "The rules differ by country; check the official page.",
      "Take a photo of the old document before you hand it in.",
    ],
    followUps: [
      [
        "Does the photo have to be new?",
        "Usually not older than six months, and biometric. Booths and drugstores do it.",
      ],
      [
        "Can someone else go for me?",
        "For collecting, yes, with a written authorisation. For applying, usually not.",
      ],
      [
        "I don't have one of these papers.",
        "Ask the office what they accept in its place; there's nearly always an alternative.",
      ],
      [
        "What if it isn't ready before my trip?",
        "Then {fast}. Take the flight confirmation with you to show that it's urgent.",
      ],
    ],
    slips: [
      [
        "The website says something else about the fee.",
        "Then the website is right, thanks. Fees change; the papers stay the same: {need}.",
      ],
    ],
  },
};

const fine: UseCase = {
  id: "appeal-parking-fine",
  domain: "legal_admin",
  trouble: true,
  english: {
    scenes: [
      {
        event: "I parked for six minutes while unloading",
        ground: "loading was allowed there, if you can show it",
        proof: "the delivery note with the time",
      },
      {
        event: "the sign was hidden behind a tree",
        ground: "a sign that cannot be seen does not bind",
        proof: "a photo from the driver's seat",
      },
      {
        event: "the ticket had slipped off the dashboard",
        ground: "you did pay, and many authorities then drop it",
        proof: "the ticket itself",
      },
      {
        event: "my car had been sold already",
        ground: "the keeper at the time is responsible",
        proof: "the sales contract with date and time",
      },
      {
        event: "the app crashed while I was paying",
        ground: "you tried to pay and the operator was at fault",
        proof: "a screenshot and the payment log",
      },
      {
        event: "I had to stop because a child was sick",
        ground: "a short emergency can be an excuse",
        proof: "a witness",
      },
      {
        event: "a supermarket car park sent me a bill",
        ground: "it is a private claim and no official fine",
        proof: "your receipt from the shop",
      },
    ],
    slots: {
      amount: ["35 euros", "60 pounds", "55 dollars", "100 pounds", "20 euros"],
      city: ["the city", "a private company", "the council", "a town that I only drove through"],
    },
    requests: [
      "I got a parking fine of {amount}, although {event}. Can I appeal?",
      "How do I contest a ticket from {city}? {^event}.",
      "Is it worth appealing {amount}? {^event}.",
      "Please write an appeal against a parking fine: {event}.",
      "{^event}, and now {city} wants {amount}. Do I have to pay?",
      "What happens if I ignore a fine of {amount} from {city}? {^event}.",
      "Can you help me with a letter to {city}? I was fined {amount} because {event}.",
      "The deadline for my objection is on Monday. {^event}. What do I write?",
      "My appeal was rejected even though {event}. What's next?",
    ],
    terse: [
      "parking fine {amount} appeal, {event}",
      "ticket, {event}",
      "contest fine {city}, {event}",
      "private parking fine {amount}",
    ],
    details: [
      "The fine is {amount}.",
      "It came from {city}.",
      "I have photos.",
      "I've never had a ticket before.",
      "The letter came after five weeks.",
    ],
    replies: [
      "You have an argument: {ground}. Attach {proof}, and write within the deadline.",
      'Draft:\n\n"I object to the notice for {amount}. On the day in question, {event}. I enclose {proof} and ask you to withdraw it."',
      "In such cases {ground}. What decides it is {proof}. Send it by e-mail and by post.",
      "For {amount} I would try it once in writing. {^ground}. If they insist, paying may be cheaper than arguing.",
    ],
    tips: [
      "Paying often counts as accepting.",
      "Stay factual; anger doesn't help.",
      "This isn't legal advice.",
    ],
    followUps: [
      [
        "Do I pay first and appeal later?",
        "No, in most places payment closes the case. Appeal first, the deadline for paying is usually suspended.",
      ],
      [
        "What if they raise it?",
        "An official fine doesn't rise because of an objection made in time. With private firms, check the fees they add.",
      ],
      [
        "Is a photo on my phone good enough?",
        "Yes, if it shows the place and the date. {^proof} would help in addition.",
      ],
      [
        "They never replied.",
        "Then ask once more in writing and keep proof that you sent it. Silence isn't a rejection.",
      ],
    ],
    slips: [
      [
        "You wrote that I admit it! I don't.",
        'Sorry, that sentence has to go. Begin with "I object to the notice" and say only what can be shown: {~event}.',
      ],
    ],
  },
};

export const legalAdmin: readonly UseCase[] = [deposit, contract, passport, fine];
