import type { UseCase } from "../script.ts";

const trackParcel: UseCase = {
  id: "track-delayed-parcel",
  domain: "customer_support",
  trouble: true,
  english: {
    known: ["order", "item", "status"],
    tool: { name: "order_lookup", content: "order={order}; location={where}; note={next}" },
    scenes: [
      {
        item: "a coffee machine",
        due: "last Tuesday",
        status: "in transit since the 3rd",
        where: "the depot in Leipzig",
        next: "a truck was full; it is loaded again tonight",
      },
      {
        item: "a pair of running shoes",
        due: "yesterday",
        status: '"delivered", but nothing is here',
        where: "the parcel locker at the station",
        next: "the driver left it in a locker without a note",
      },
      {
        item: "a birthday present for my son",
        due: "on Friday",
        status: 'stuck at "label created"',
        where: "our warehouse",
        next: "it was never handed over; it will be sent again by express",
      },
      {
        item: "a desk lamp",
        due: "ten days ago",
        status: '"address unknown"',
        where: "the return centre",
        next: "the house number was missing; it can be corrected until tomorrow",
      },
      {
        item: "a winter coat",
        due: "on Monday",
        status: "held by customs",
        where: "the customs office",
        next: "they are waiting for a copy of the invoice",
      },
      {
        item: "a tent for our holiday",
        due: "this morning",
        status: "out for delivery for three days in a row",
        where: "the local carrier's hub",
        next: "the carrier will try again on Saturday",
      },
      {
        item: "a replacement screen",
        due: "the day before yesterday",
        status: "split into two parcels, of which one arrived",
        where: "a second warehouse",
        next: "the rest follows on its own and should arrive within two days",
      },
      {
        item: "a crate of olive oil",
        due: "a week ago",
        status: '"damaged in transit"',
        where: "the sorting centre",
        next: "a replacement is on its way, free of charge",
      },
      {
        item: "a box of school books",
        due: "before the first day of term",
        status: "not found",
        where: "an unknown place",
        next: "it counts as lost, and you can choose between a refund and a new one",
      },
    ],
    slots: {
      order: [
        "A-48213",
        "A-50977",
        "WX-3381",
        "B-12760",
        "A-61904",
        "WX-7725",
        "B-40418",
        "A-33059",
        "C-90112",
        "C-18836",
      ],
      shop: ["your shop", "your app", "your website", "the autumn sale", "the outlet"],
    },
    requests: [
      "Where is my parcel? I ordered {item} and it was due {due}. Order {order}.",
      "My order {order} ({item}) still hasn't arrived. Tracking says {status}. What's going on?",
      "Can you check the status of order {order}? It should have been here {due}.",
      "I bought {item} in {shop}, and the tracking page has shown the same thing for days: {status}.",
      "Hi, I'm waiting for {item}. It was promised for {due}. Could you find out where it is?",
      "The tracking for {order} says {status}. Do I have to do anything?",
      "I'd like to know when {item} will arrive. You said {due}, and I took a day off for it!",
      "How long does delivery take at the moment? I'm still waiting for {item}, order {order}, due {due}.",
      "Please help me find a missing parcel. Order number {order}, content: {item}, status: {status}.",
      "Order {order} is late. It's {item}, and I need it by the weekend. Can it be sped up?",
    ],
    terse: [
      "order {order} where is it",
      "parcel {order} {status}",
      "{item} not arrived",
      "tracking says {status}",
      "delivery late {order}",
    ],
    details: [
      "The carrier's hotline just plays music.",
      "Nobody in the house has seen it.",
      "I was at home all day.",
      "I paid extra for express.",
      "It's a gift, so the date matters.",
      "If it takes longer, I'd rather cancel.",
    ],
    pastes: [
      "The tracking, copied:\n\n2 Sep 18:20 label created\n3 Sep 07:41 picked up\n3 Sep 22:05 arrived at the hub\nsince then: {status}",
    ],
    replies: [
      "I've looked it up: {~item} is at {where}. The reason for the delay: {next}. I'm sorry for the wait.",
      "Thank you for your patience. Order {order} is at {where} right now. What happens next: {next}.",
      "Sorry about that! The status ({status}) is not very helpful, I know. Behind it: {next}.",
      "I can see order {order}. Last scan: {where}. In short, {next}. You'll get a message as soon as it moves.",
    ],
    tips: [
      "I have added a note for the carrier.",
      "If it has not moved by tomorrow evening, write to me again and I'll open an investigation.",
      "The shipping cost will be refunded, since we missed the date.",
    ],
    followUps: [
      [
        "When exactly will it be here?",
        "The carrier gives a window of two days. I'd count on the second one, to be safe.",
      ],
      [
        "Can you deliver it to my office instead?",
        "Yes, as long as it has not been loaded. I've noted the change; you'll get a confirmation of the new address by e-mail.",
      ],
      [
        "I want my money back.",
        "Of course. Since it is late, you can cancel order {order} free of charge. The refund takes three to five working days. Shall I go ahead?",
      ],
      [
        "Do I get anything for the trouble?",
        "I have put a voucher worth 10 % on your account, and shipping is on us this time.",
      ],
      [
        "Could you send me the tracking link again?",
        'Sure, it is in your account under "My orders", next to {order}. The link in the first e-mail still works too.',
      ],
      [
        "What if it never turns up?",
        "Fourteen days after the last scan it counts as lost. Then you choose between a refund and a new delivery, and you pay nothing.",
      ],
    ],
    slips: [
      [
        "That's the wrong order. Mine is {order} with {item}.",
        "I'm sorry, I looked at an older order. For {order}: it is at {where}, and {next}.",
      ],
      [
        "You told me the same thing last week, word for word.",
        "You're right to be annoyed, and I apologise. I've now passed {order} on to a colleague in shipping who will call the carrier today.",
      ],
    ],
  },
};

const returnRefund: UseCase = {
  id: "return-and-refund",
  domain: "customer_support",
  trouble: true,
  english: {
    scenes: [
      {
        item: "a pair of jeans",
        reason: "they are too small",
        rule: "clothing can be returned within 30 days, unworn and with tags",
      },
      {
        item: "a kitchen scale",
        reason: "it shows a different weight each time",
        rule: "a faulty item can be returned for a full refund, opened or not",
      },
      {
        item: "a rug",
        reason: "the colour is nothing like the photo",
        rule: "large items are collected from your home, free of charge",
      },
      {
        item: "headphones",
        reason: "one side is silent",
        rule: "within two years you may choose repair or replacement",
      },
      {
        item: "a gift that I received",
        reason: "I already have one",
        rule: "gifts are refunded as store credit when there is no receipt",
      },
      {
        item: "a jacket from the sale",
        reason: "the zip broke after one week",
        rule: "sale items carry the same guarantee as all others",
      },
      {
        item: "a set of plates",
        reason: "two arrived broken",
        rule: "send a photo within 14 days and you need not return the pieces",
      },
      {
        item: "a phone case",
        reason: "I ordered the wrong model",
        rule: "exchanges are free once per order",
      },
    ],
    slots: {
      when: [
        "last week",
        "three days ago",
        "at the beginning of the month",
        "almost a month ago",
        "on the 28th",
      ],
      pay: ["by card", "on account", "with a gift voucher", "with a wallet app"],
    },
    requests: [
      "I'd like to return {item} because {reason}. How does that work?",
      "Can I get a refund for {item}? {^reason}. I bought it {when}.",
      "I sent {item} back {when} and still don't see the money. I paid {pay}.",
      "What is your return policy? It's about {item}: {reason}.",
      "Could you send me a return label for {item}?",
      "I want to exchange {item}, as {reason}. Is that possible without paying for shipping again?",
      "My refund for {item} is missing a part. Why did I get less than I paid?",
      "How long do I have to return {item}? I ordered it {when}, and {reason}.",
      "Unfortunately {reason}, so I have to send {item} back. Do I need the original box?",
    ],
    terse: ["return {item}", "refund {item} {reason}", "return label {item}", "money back {item} paid {pay}"],
    details: [
      "I've lost the receipt.",
      "The box is already in the recycling, sorry.",
      "I paid {pay}.",
      "The drop-off point near me has closed.",
      "I've been a customer for years and never returned anything.",
    ],
    replies: [
      "That's no problem: {rule}. I've sent a label to the address on your account.",
      "I'm sorry that {~reason}. For {~item} this applies: {rule}. The refund goes back the way you paid, usually within five working days.",
      'Sure, here\'s how:\n1. Open "My orders" and choose {~item}.\n2. Pick the reason.\n3. Print the label or show the code at the counter.\n\nGood to know: {rule}.',
      "Thanks for letting us know. In your case, {rule}. Would you prefer an exchange or the money?",
    ],
    tips: [
      "Please keep the drop-off receipt until the money has arrived.",
      "The original box is not required, any sturdy one will do.",
      "If the refund is not there in ten days, write to me again.",
    ],
    followUps: [
      [
        "I don't have a printer.",
        'You don\'t need one. Choose "code" instead of "label" and show it on your phone at the counter.',
      ],
      [
        "Who pays for the return?",
        "We do, if something is wrong with {~item}. If you simply changed your mind, the first return is still free.",
      ],
      [
        "Money back, please.",
        "Noted. As soon as the parcel is scanned we start the refund, {pay}, as you paid. You'll get an e-mail.",
      ],
      [
        "Can someone else drop it off for me?",
        "Yes, nobody will ask for an ID. The code is all that counts.",
      ],
      [
        "And can I return it in one of your stores?",
        "Yes, in any of them. Bring the order number, and the refund starts on the spot.",
      ],
    ],
    slips: [
      [
        "The link that you sent me is for a different item.",
        "I apologise, that was my mistake. I have cancelled that label and made one for {~item}. It should be in your inbox in a minute.",
      ],
    ],
  },
};

const cancelSubscription: UseCase = {
  id: "cancel-subscription",
  domain: "customer_support",
  trouble: true,
  english: {
    known: ["plan"],
    scenes: [
      {
        plan: "my streaming subscription",
        snag: "the button just reloads the page",
        rule: "you can cancel at any time, it ends with the paid month",
      },
      {
        plan: "the gym membership",
        snag: "they want a letter by post",
        rule: "since this year an e-mail is enough, with one month's notice",
      },
      {
        plan: "my newspaper subscription",
        snag: "I can only cancel by phone, and nobody answers",
        rule: "a message in this chat counts as notice",
      },
      {
        plan: "the trial of the photo app",
        snag: "I was charged although I had cancelled",
        rule: "charges in the first 14 days are refunded in full",
      },
      {
        plan: "our team plan",
        snag: "only the owner can cancel, and she has left the company",
        rule: "ownership can be moved once a second admin confirms it",
      },
      {
        plan: "my meal kit deliveries",
        snag: "another box is already on its way",
        rule: "a box that has been packed cannot be stopped, but it can be donated",
      },
      {
        plan: "the premium membership",
        snag: "it was renewed for a whole year",
        rule: "a yearly renewal can be undone within 30 days",
      },
      {
        plan: "my phone insurance",
        snag: "the website says that no contract exists",
        rule: "the policy is run by a partner, who needs the policy number",
      },
    ],
    slots: {
      why: [
        "I hardly use it",
        "it's become too expensive",
        "I'm moving abroad",
        "I signed up by mistake",
        "I found something that suits me better",
        "we are cutting costs",
      ],
    },
    requests: [
      "I want to cancel {plan}, but {snag}.",
      "How do I cancel {plan}? {^why}.",
      "Please cancel {plan} at the earliest possible date. {^why}.",
      "Why is it so hard to cancel? It's about {plan}: {snag}.",
      "Can I pause {plan} instead of cancelling? {^why} at the moment.",
      "I tried to end {plan}, and {snag}. Could you do it for me?",
      "When does {plan} end if I cancel today?",
      "I'd like a confirmation that {plan} is cancelled. Last time {snag}.",
      "Could you tell me the notice period for {plan}? {^why}, so I don't want to pay for another month.",
    ],
    terse: ["cancel {plan}", "unsubscribe, {snag}", "stop {plan} now", "notice period {plan}"],
    details: [
      "I've already removed my card.",
      "Please don't offer me a discount.",
      "I would come back some day.",
      "I never got a confirmation.",
      "This is my second attempt.",
    ],
    replies: [
      "I can help with that. For your plan, {rule}. Shall I start the cancellation now?",
      "Sorry that {~snag}. The good news: {rule}. I have taken your notice, and a confirmation is on its way.",
      "Done. Please note: {rule}. You won't be charged again.",
      "You can do it yourself under Account > Plan > Cancel. If {~snag}, I'll do it from here; {rule}.",
    ],
    tips: [
      "Your data stays available for 60 days, in case you change your mind.",
      "Keep the confirmation e-mail.",
      "If a charge shows up anyway, send me the date and I'll reverse it.",
    ],
    followUps: [
      [
        "Yes, please cancel it.",
        "It's cancelled. The confirmation should be in your inbox in a few minutes.",
      ],
      [
        "Do I get the rest of the money back?",
        "For monthly plans the current month runs to its end. For yearly ones, {rule}.",
      ],
      [
        "What would a pause look like?",
        "Up to three months, once a year. Nothing is charged, and everything stays as it is.",
      ],
      [
        "Will you delete my data too?",
        "Only if you ask for it. I can file the request now; deletion takes up to 30 days.",
      ],
    ],
    slips: [
      [
        'I got an e-mail saying "welcome back". I wanted to CANCEL.',
        "I'm really sorry, the renewal went out before your notice was stored. I've cancelled {~plan} by hand, and nothing will be charged.",
      ],
    ],
  },
};

const loginProblem: UseCase = {
  id: "account-login-problem",
  domain: "customer_support",
  trouble: true,
  english: {
    scenes: [
      {
        issue: "the reset e-mail never arrives",
        cause: "our mails land in the spam folder of some providers",
        fix: 'look for the sender "no-reply" and mark it as safe, then ask for a new link',
      },
      {
        issue: "the code from the authenticator is always wrong",
        cause: "the clock of the phone is off",
        fix: "set the phone to automatic time and try the next code",
      },
      {
        issue: "my account is locked after three attempts",
        cause: "this is a safeguard that lifts itself",
        fix: "wait 30 minutes and reset the password before you try again",
      },
      {
        issue: "I have a new phone and no access to the codes",
        cause: "the codes were tied to the old phone",
        fix: "use one of the backup codes that you saved when you set it up",
      },
      {
        issue: "it says my e-mail address doesn't exist",
        cause: "you may have signed up with another provider's button",
        fix: 'try the "continue with" buttons below the form',
      },
      {
        issue: "I get logged out every few minutes",
        cause: "the browser deletes cookies when a tab is closed",
        fix: "allow cookies for our site or use the app",
      },
      {
        issue: "the page stays white after I log in",
        cause: "an extension blocks one of our scripts",
        fix: "try a private window; if that works, switch the extensions off one by one",
      },
      {
        issue: "the text message with the code comes an hour late",
        cause: "your carrier delays short codes",
        fix: "switch to the authenticator app under Security",
      },
    ],
    slots: {
      device: ["on my laptop", "on my phone", "on the tablet", "in the app", "in every browser"],
      need: [
        "I need an invoice from my account today",
        "my boarding pass is in there",
        "I have to approve an order",
        "all of my photos are in there",
      ],
    },
    requests: [
      "I can't log in: {issue}. Can you help?",
      "Since yesterday {issue}. It's the same {device}.",
      "How do I get back into my account? {^issue}.",
      "What can I do if {issue}? {^need}.",
      "I've tried about ten times {device}. {^issue}.",
      "Please unlock my account, {need}. The problem: {issue}.",
      "Could you check whether my account still exists? {^issue}.",
      "Login trouble {device}: {issue}. Is something down on your side?",
      "I'm locked out and {need}. What happened: {issue}.",
    ],
    terse: [
      "can't log in, {issue}",
      "login: {issue}",
      "locked out {device}, {issue}",
      "password reset not working, {issue}",
    ],
    details: [
      "I'm sure that the password is right.",
      "I've had this account since 2017.",
      "It works for my husband.",
      "{^need}.",
      "Nothing has changed on my side.",
    ],
    replies: [
      "Let's get you back in. Most likely {cause}. Please {fix}.",
      "I'm sorry for the trouble. If {~issue}, the reason is usually that {cause}. What helps: {fix}.",
      "I have checked, and there is no outage. Probably {cause}. Could you {fix}? I'll wait.",
      "Your account is fine. {^cause}; so please {fix}.",
    ],
    tips: [
      "We will never ask you for your password, please don't send it to anyone.",
      "Once you are in, save new backup codes.",
      "If that fails, we can verify you with the last invoice number.",
    ],
    followUps: [
      [
        "Still nothing.",
        "Then let's verify you another way. Please tell me the month of your first order and the plan you have. No passwords or codes, please.",
      ],
      [
        "Why can't you just tell me my password?",
        "Because we don't know it: only a scrambled form is stored. A reset is the only way, and the safest.",
      ],
      [
        "Could somebody have hacked me?",
        "I see no sign-ins from unknown devices. To be safe, change the password and sign out everywhere under Security.",
      ],
      ["How long will that take?", "The reset is immediate. A manual check takes one working day."],
      [
        "That worked, I'm in!",
        "Great! While you're there: a second way to sign in, under Security, saves you the trouble next time.",
      ],
    ],
    slips: [
      [
        "There is no such button in my version.",
        "Thanks for telling me, and sorry: it has moved with the last update. It's under Profile now. Then {fix}.",
      ],
    ],
  },
};

const changeOrder: UseCase = {
  id: "change-existing-order",
  domain: "customer_support",
  english: {
    known: ["order", "item"],
    scenes: [
      {
        change: "use a different delivery address",
        item: "a bookshelf",
        state: "it has not been picked yet",
        answer: "the new address is saved",
      },
      {
        change: "swap size M for size L",
        item: "a rain jacket",
        state: "the larger size is in stock",
        answer: "I have exchanged it, same price",
      },
      {
        change: "add one more bag",
        item: "coffee beans",
        state: "the order stays open until four",
        answer: "the second bag is in, and shipping stays the same",
      },
      {
        change: "move the delivery to next week",
        item: "a washing machine",
        state: "the truck is planned two days ahead",
        answer: "Wednesday and Friday morning are free",
      },
      {
        change: "cancel one of three items",
        item: "a set of garden chairs",
        state: "it is being packed",
        answer: "I could take it out just in time",
      },
      {
        change: "put a company name on the invoice",
        item: "a monitor",
        state: "the invoice has already been issued",
        answer: "a corrected invoice will follow by e-mail",
      },
      {
        change: "have it gift-wrapped",
        item: "a board game",
        state: "it ships tomorrow",
        answer: "wrapping is added, with a card if you like",
      },
      {
        change: "choose the blue one instead of the green one",
        item: "a children's bike",
        state: "blue is back in stock",
        answer: "the colour is changed",
      },
    ],
    slots: {
      order: ["D-2204", "D-3951", "K-7180", "K-1496", "D-8832", "M-6017", "M-5523"],
      ago: ["ten minutes ago", "this morning", "last night", "on Sunday", "an hour ago"],
    },
    requests: [
      "I placed order {order} {ago} and need to {change}. Is it too late?",
      "Can I still {change}? It's about {item}.",
      "Could you please {change} for order {order}?",
      "I made a mistake when I ordered {item} {ago}. I'd like to {change}.",
      "How can I {change}? The website won't let me edit order {order}.",
      "What happens if I {change} after the order is confirmed?",
      "Order {order} ({item}): please {change}. Thank you!",
      "I want to {change} before you send {item}.",
      "My wife ordered {item} {ago}, but we would rather {change}. Can you do that?",
    ],
    terse: ["change order {order}", "{order}: {change}", "edit order, {item}", "{change} possible?"],
    details: [
      "I ordered it {ago}.",
      "If it costs extra, that's fine.",
      "I haven't received a shipping notice yet.",
      "Otherwise please cancel the whole order.",
      "It's a present.",
    ],
    replies: [
      "Let me see... {state}, so that works: {answer}.",
      "You're in luck, {state}. Done: {answer}.",
      "Order {order}: {state}. {^answer}. Is there anything else?",
      "Thanks for writing in time. Since {state}, I could change it: {answer}. You'll receive a new confirmation.",
    ],
    tips: [
      "The total stays the same.",
      "Please check the confirmation once more.",
      'For the next time: orders can be edited for 30 minutes under "My orders".',
    ],
    followUps: [
      ["Does that delay the delivery?", "By one day at most. Right now {state}."],
      [
        "Perfect. Can you also add a note for the driver?",
        'Of course, I\'ve added a field for it: "Please ring twice." Tell me if you want other words.',
      ],
      [
        "Will I be charged again?",
        "No. If the amount changes, the first payment is replaced; there won't be two.",
      ],
      [
        "Actually, please leave it as it was.",
        "No problem, I have put it back. Order {order} ships unchanged.",
      ],
    ],
    slips: [
      [
        "The confirmation still shows the old version!",
        "Sorry, the e-mail was created before my change. In the system it is right: {answer}. I've sent you a fresh one.",
      ],
    ],
  },
};

export const customerSupport: readonly UseCase[] = [
  trackParcel,
  returnRefund,
  loginProblem,
  cancelSubscription,
  changeOrder,
];
