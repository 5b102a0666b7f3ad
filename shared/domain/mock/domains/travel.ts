import type { UseCase } from "../script.ts";

const cityTrip: UseCase = {
  id: "plan-city-trip",
  domain: "travel",
  english: {
    scenes: [
      {
        city: "Lisbon",
        first: "Alfama on foot and tram 28 before nine in the morning",
        second: "Belém: the monastery, the tower and the custard tarts",
        third: "the train to Sintra",
        food: "grilled sardines in a tasca",
        tip: "the hills are steep, so wear shoes with grip",
      },
      {
        city: "Vienna",
        first: "the old town around St Stephen's and a coffee house",
        second: "Schönbrunn in the morning, the Naschmarkt for lunch",
        third: "the Belvedere and a walk in the Prater",
        food: "schnitzel and apple strudel",
        tip: "standing tickets for the opera cost less than a cake",
      },
      {
        city: "Edinburgh",
        first: "the castle early, then down the Royal Mile",
        second: "Arthur's Seat if the weather holds",
        third: "Dean Village and the botanic garden",
        food: "haggis, or its surprisingly good vegetarian version",
        tip: "pack for four seasons in one day",
      },
      {
        city: "Kyoto",
        first: "Fushimi Inari at sunrise",
        second: "Arashiyama and the river",
        third: "the Philosopher's Path and Nanzen-ji",
        food: "tofu cuisine near the temples",
        tip: "buses are full in the afternoon, so use the metro and your feet",
      },
      {
        city: "Porto",
        first: "the Ribeira and the bridge at dusk",
        second: "port lodges on the other bank",
        third: "a boat trip into the Douro valley",
        food: "a francesinha to share",
        tip: "many museums close on Mondays",
      },
      {
        city: "Copenhagen",
        first: "Nyhavn and a harbour bath",
        second: "Louisiana museum by train",
        third: "Christianshavn by bike",
        food: "smørrebrød at lunch",
        tip: "rent a bike for the whole stay",
      },
      {
        city: "Mexico City",
        first: "the historic centre and the Templo Mayor",
        second: "Coyoacán and the blue house",
        third: "Teotihuacán by an early bus",
        food: "tacos al pastor from a busy stand",
        tip: "take it slowly on the first day, the city lies at 2,240 metres",
      },
      {
        city: "Ghent",
        first: "the Gravensteen and the Graslei",
        second: "the altarpiece in St Bavo's",
        third: "a half-day in Bruges",
        food: "a stew with fries",
        tip: "stay overnight; the evenings are the best part",
      },
      {
        city: "Montreal",
        first: "Old Montreal and the market",
        second: "Mount Royal on foot",
        third: "Mile End for bagels and bookshops",
        food: "poutine at least once",
        tip: "a greeting in French opens doors",
      },
      {
        city: "Kraków",
        first: "the market square and the Cloth Hall",
        second: "Kazimierz with its courtyards",
        third: "the salt mine in Wieliczka",
        food: "pierogi in a milk bar",
        tip: "book the mine a few days ahead",
      },
    ],
    slots: {
      days: ["three days", "a long weekend", "four days", "two and a half days", "three full days"],
      who: [
        "my partner",
        "two small children",
        "my parents, both over seventy",
        "a friend",
        "my sister",
        "our teenagers",
      ],
      month: ["October", "early November", "December", "March", "the Easter holidays", "late September"],
      style: [
        "not too touristy",
        "on a budget",
        "at a relaxed pace",
        "with good food",
        "with museums in case it rains",
        "mostly on foot",
      ],
    },
    requests: [
      "Can you plan {days} in {city} for me? I'd like it {style}.",
      "I'm going to {city} in {month} with {who}. What should we not miss in {days}?",
      "What would you do with {days} in {city}, {style}?",
      "Please make an itinerary for {city}: {days}, {month}, {style}.",
      "We have {days} in {city} and already know the big sights. What else is there, {style}?",
      "How many days do I need for {city}? I was thinking of {days} in {month}.",
      "Help me decide: is {city} a good idea in {month}? I'd travel with {who}.",
      "Could you suggest a day-by-day plan for {city}? Travelling with {who}, {style}.",
      "I've booked flights to {city} for {month} without any plan at all. {^days}, {style}, go!",
      "Which part of {city} should I stay in for {days}? I'd like it {style}.",
    ],
    terse: [
      "{city} {days} itinerary",
      "{city} in {month}",
      "what to do {city} {style}",
      "{city} with {who}",
      "best area to stay {city}",
    ],
    details: [
      "Company: {who}.",
      "We arrive around noon and leave in the evening.",
      "I don't want to rent a car.",
      "One of us has trouble with stairs.",
      "We love markets and old bookshops.",
      "Our budget is about {80|100|150} euros a day per person.",
    ],
    pastes: [
      "What we have so far:\n\nDay 1: arrive around noon, check in, then?\nDay 2: {first}\nDay 3: {second} (maybe)\nLast day: breakfast, flight at {four|six|half past two}",
    ],
    replies: [
      "Here's a plan for {city}:\nDay 1: {first}.\nDay 2: {second}.\nDay 3: {third}.\n\nDon't leave without trying {food}.",
      "{^city} in {month} is a good choice. I'd begin with {first}, keep the next day for {second}, and leave {third} for the end. And {tip}.",
      "For {days} I would not plan more than one fixed thing per half-day: {first}; {second}; {third}. In between: {food}.",
      "Three must-dos, {style}: {first}, {second}, and {third}. One warning: {tip}.",
    ],
    tips: [
      "Book timed tickets about a week ahead.",
      "Good to know: {tip}.",
      "Leave one evening without any plan.",
    ],
    followUps: [
      [
        "What if it rains?",
        "Swap the outdoor part with a museum or a covered market. {^second} works in almost any weather.",
      ],
      [
        "Where should we eat?",
        "For something typical: {food}. Avoid menus with photos, and eat one street away from the main square.",
      ],
      [
        "Is that doable with {who}?",
        "Yes, if you start early and sit down often. I'd drop one stop a day rather than rush.",
      ],
      [
        "How do we get from the airport to the centre?",
        "Take public transport unless you land after midnight; it is quick and costs a fraction of a taxi. Buy the day pass at the airport.",
      ],
      [
        "Could you turn day two into a lazier one?",
        "Sure: sleep in, a late breakfast, then only {second}. Nothing after four except {food}.",
      ],
      ["Any day trips you'd recommend?", "{^third} is the one I would choose. It needs an early start."],
    ],
    slips: [
      [
        "That museum has been closed for a year.",
        "Thank you, I didn't have that. Then take {third} instead, and double-check opening hours before you go.",
      ],
      [
        "You planned four things for one afternoon, nobody can do that.",
        "Fair enough, that was too much. One thing per half-day, then: {first} in the morning, and nothing but {food} afterwards.",
      ],
    ],
  },
};

const flightCancelled: UseCase = {
  id: "flight-cancelled-rights",
  domain: "travel",
  trouble: true,
  english: {
    scenes: [
      {
        trip: "from Madrid to Berlin",
        event: "was cancelled the evening before",
        rule: "you can choose between a refund and another flight, and 250 or 400 euros may be due, depending on the distance",
        exc: "not if extraordinary circumstances such as a storm were the cause",
      },
      {
        trip: "from London to New York",
        event: "arrived five hours late",
        rule: "more than four hours on a long-haul flight usually means the highest flat sum",
        exc: "the airline must prove an exception",
      },
      {
        trip: "from Rome to Paris",
        event: "was overbooked and they left us behind",
        rule: "denied boarding against your will is compensated at once",
        exc: "not if you gave up the seat as a volunteer",
      },
      {
        trip: "from Toronto to Halifax",
        event: "was moved by a whole day",
        rule: "for a schedule change of this size the airline has to offer a refund",
        exc: "accepting the new time ends the claim",
      },
      {
        trip: "from Amsterdam to Bangkok",
        event: "left so late that we missed the connection",
        rule: "with a single booking the delay at the final destination counts",
        exc: "two separate tickets are two separate trips",
      },
      {
        trip: "from Dublin to Faro",
        event: "was delayed for nine hours without any food",
        rule: "meals and two calls are owed after two hours, whatever the reason",
        exc: "keep the receipts if they offered nothing",
      },
      {
        trip: "from Denver to Chicago",
        event: "was cancelled because of the crew",
        rule: "staffing is the airline's own responsibility",
        exc: "the details depend on its own service plan",
      },
    ],
    slots: {
      party: ["two adults", "a family of four", "one adult", "a group of six", "me and my elderly mother"],
      did: [
        "a voucher",
        "nothing at all",
        "a seat two days later",
        "an apology by e-mail",
        "a hotel, but no transfer",
      ],
    },
    requests: [
      "My flight {trip} {event}. What am I entitled to?",
      "Our flight {trip} {event}, and the airline offers {did}. Do we have to accept that?",
      "Can I claim compensation? The flight {trip} {event}.",
      "How do I complain to an airline? The flight {trip} {event}, and we got {did}.",
      "What are my rights if my flight {event}? It was {trip}.",
      "Please help me write a claim. Flight {trip}, {party}, it {event}.",
      "The airline refuses to pay although our flight {trip} {event}. What now?",
      "I'm stuck at the airport, my flight {trip} {event}. What should I do first?",
      "Is it true that I get money when a flight {event}? We were {party}, {trip}.",
    ],
    terse: [
      "flight {event}, compensation",
      "passenger rights {trip}",
      "flight {trip} {event}",
      "flight {event}, airline offers {did}",
    ],
    details: [
      "They gave {did}.",
      "There were {party} on the booking.",
      'The reason they named was "operational".',
      "I booked through a portal.",
      "It happened more than a year ago.",
    ],
    replies: [
      "The short answer: {rule}. The exception: {exc}.",
      "You have a good case. In general {rule}. Be aware of one thing: {exc}. Write to the airline first, with the booking code and a deadline of 14 days.",
      "What counts is the route and how late you got there. Here, {rule}. However, {exc}.",
      "Do this now: keep the boarding passes, take a photo of the display and ask for the reason in writing. Then: {rule}.",
    ],
    tips: [
      "This is general information, not legal advice.",
      "Don't sign anything that waives further claims.",
      "The national enforcement body handles complaints free of charge.",
    ],
    followUps: [
      [
        "How long do I have to claim?",
        "It depends on the country, between one and six years. Do it now, while the documents are at hand.",
      ],
      [
        "And the hotel that I paid myself?",
        "Claim it as well: accommodation is owed if you have to wait overnight. A reasonable price and a receipt are all you need.",
      ],
      [
        "They say it was the weather.",
        "Ask for proof. If other planes took off at the same time, the argument is weak.",
      ],
      [
        "Can you draft the letter?",
        '"Dear Sir or Madam, our flight {trip} {event}. I hereby claim the compensation due, for {party}. Please transfer it within 14 days." Add the booking code and your bank details.',
      ],
      [
        "Should I use one of those claim companies?",
        "Only if the airline refuses. They take a quarter to a third of the sum.",
      ],
    ],
    slips: [
      [
        "We weren't flying to or from the EU, so your rule doesn't apply, does it?",
        "You're right, thank you. Then the airline's own conditions and the law at the place of departure count. {^exc}.",
      ],
    ],
  },
};

const visa: UseCase = {
  id: "visa-and-entry-rules",
  domain: "travel",
  english: {
    scenes: [
      {
        dest: "Japan",
        passport: "a German passport",
        purpose: "two weeks of holiday",
        rule: "no visa is needed for up to 90 days",
        paper: "a return ticket may be asked for",
      },
      {
        dest: "India",
        passport: "a British passport",
        purpose: "a friend's wedding",
        rule: "an e-visa has to be granted before departure",
        paper: "the passport must be valid for six more months",
      },
      {
        dest: "the United States",
        passport: "a French passport",
        purpose: "a conference in Boston",
        rule: "an ESTA is enough for most short visits",
        paper: "the address of the first night is required",
      },
      {
        dest: "Brazil",
        passport: "a Canadian passport",
        purpose: "a month of travelling",
        rule: "the rules for Canadians have changed more than once, so check the consulate",
        paper: "proof of funds may be asked for",
      },
      {
        dest: "Kenya",
        passport: "a Dutch passport",
        purpose: "a safari with the family",
        rule: "an electronic travel authorisation replaces the visa",
        paper: "children need their own",
      },
      {
        dest: "the Schengen area",
        passport: "an Indian passport",
        purpose: "visiting my sister in Milan",
        rule: "a short-stay visa from the Italian consulate covers all Schengen countries",
        paper: "an invitation letter and travel insurance are part of the file",
      },
      {
        dest: "Australia",
        passport: "an Irish passport",
        purpose: "a working holiday",
        rule: "the working holiday visa has an age limit and must be applied for from abroad",
        paper: "savings have to be shown",
      },
    ],
    slots: {
      when: ["in six weeks", "next spring", "at the end of the month", "over New Year", "in January"],
      worry: [
        "my passport expires next year",
        "I have a stopover in Doha",
        "my name is spelled differently on the ticket",
        "I was refused a visa once",
        "my child travels with only one parent",
      ],
    },
    requests: [
      "Do I need a visa for {dest} with {passport}? It's for {purpose}.",
      "I'm travelling to {dest} {when} and {worry}. Is that a problem?",
      "What documents do I need to enter {dest}? I have {passport}.",
      "How long can I stay in {dest} with {passport}?",
      "Can you explain how to apply for entry to {dest}? Purpose: {purpose}, travelling {when}.",
      "Please list what I have to prepare for {dest}: {passport}, {purpose}.",
      "Is {six weeks|a month} enough time to get the papers for {dest}? I leave {when}.",
      "My travel agent says I need a visa for {dest}, the internet says no. I hold {passport}.",
      "Which rules apply if I go to {dest} for {purpose} and {worry}?",
    ],
    terse: [
      "visa {dest} {passport}",
      "{dest} entry requirements",
      "{dest}: {worry}",
      "visa {dest} {purpose}",
    ],
    details: [
      "I leave {when}.",
      "Also, {worry}.",
      "I have been there once before, ten years ago.",
      "The embassy's website is very confusing.",
      "I'd rather not pay an agency.",
    ],
    replies: [
      "For {dest} with {passport}: {rule}. Besides, {paper}.",
      "In your case {rule}. Please note: {paper}. Rules change, so check the official page shortly before you go.",
      "Here's the list:\n- Entry: {rule}.\n- Also: {paper}.\n- A copy of everything, kept apart from the originals.",
      "For {~purpose}, {rule}. As you travel {when}, I would start this week. And {paper}.",
    ],
    tips: [
      "Use only the government's own site; look-alikes charge triple.",
      "This is general information; the consulate has the last word.",
      "Take photos of all documents.",
    ],
    followUps: [
      [
        "What if {worry}?",
        "Then write to the consulate before you book anything you cannot cancel. Usually it can be solved, but it takes time.",
      ],
      [
        "How much does it cost?",
        "Fees change often; the official site shows the current one. Anything far above it is an agency.",
      ],
      ["Do I need to print it?", "I would. Phones run out of battery right in front of the counter."],
      [
        "And for a stopover?",
        "If you stay in the transit zone, usually not. If you collect luggage and check in again, you may need to enter the country.",
      ],
    ],
    slips: [
      [
        "I said I have {passport}, you answered for another nationality.",
        "Sorry, I got that wrong. With {passport}: {rule}.",
      ],
    ],
  },
};

const packing: UseCase = {
  id: "packing-list",
  domain: "travel",
  english: {
    scenes: [
      {
        trip: "a week of hiking in the Dolomites",
        key: "boots that are already worn in",
        layer: "a light down jacket for the huts",
        skip: "jeans",
      },
      {
        trip: "a beach holiday with a toddler",
        key: "a sun tent",
        layer: "two swimsuits each",
        skip: "most of the toys, a bucket is enough",
      },
      {
        trip: "a business trip with one evening event",
        key: "one pair of shoes that goes with everything",
        layer: "a jacket that does not crease",
        skip: "the second suit",
      },
      {
        trip: "three weeks of backpacking in Vietnam",
        key: "a rain cover for the bag",
        layer: "a thin long-sleeved shirt against the sun",
        skip: "towels, every hostel has them",
      },
      {
        trip: "a ski weekend",
        key: "a second pair of gloves",
        layer: "merino underwear",
        skip: "cotton anything",
      },
      {
        trip: "a sailing trip",
        key: "a soft bag, since suitcases do not fit",
        layer: "a windproof jacket",
        skip: "shoes with dark soles",
      },
      {
        trip: "a winter trip to Lapland",
        key: "a balaclava",
        layer: "three thin layers instead of one thick one",
        skip: "your good leather boots",
      },
      {
        trip: "a festival with a tent",
        key: "earplugs",
        layer: "a warm jumper for the nights",
        skip: "anything you would miss",
      },
    ],
    slots: {
      limit: [
        "hand luggage only",
        "one backpack",
        "8 kilos at most",
        "a small suitcase",
        "a car with room to spare",
      ],
    },
    requests: [
      "Can you write a packing list for {trip}? I have {limit}.",
      "What should I pack for {trip}?",
      "I always pack too much. Help me with {trip}, please: {limit}.",
      "How do I fit everything for {trip} into {limit}?",
      "What do people forget when they pack for {trip}?",
      "Please check my list for {trip}. So far I've got passport, charger, clothes for each day.",
      "Packing for {trip} with {limit}, what can I leave at home?",
      "Could you make a checklist for {trip} that I can print?",
      "I've never been on {trip} before. Which clothes do I need?",
    ],
    terse: ["packing list {trip}", "{trip} {limit}", "what to pack {trip}", "packing checklist"],
    details: [
      "Limit: {limit}.",
      "I get cold easily.",
      "There's a washing machine after a week.",
      "We leave on Saturday.",
      "I'd rather not buy anything new.",
    ],
    replies: [
      "For {trip} the most important thing is {key}. Then {layer}. Leave at home: {skip}.",
      "Packing list\n- {key}\n- {layer}\n- documents, card, some cash\n- charger and a short extension lead\n- a small first-aid kit\n\nNot needed: {skip}.",
      "With {limit}, think in layers: {layer}. Don't forget {key}. What you won't need: {skip}.",
      "People usually forget {key}, and take far too many clothes. I'd add {layer} and skip {skip}.",
    ],
    tips: [
      "Wear the heaviest things on the way.",
      "Lay it all out, then put a third back.",
      "Take a photo of your luggage before you check it in.",
    ],
    followUps: [
      [
        "And toiletries?",
        "Decant into small bottles, 100 ml at most in hand luggage. Solid soap and shampoo don't count as liquids.",
      ],
      ["How many T-shirts?", "Four, if you can wash something in between. Nobody but you will notice."],
      [
        "Do I need special insurance?",
        "Check what you have first. For {trip}, medical cover with transport home is what matters.",
      ],
      [
        "What about medicine?",
        "What you take daily, in hand luggage, plus a copy of the prescription. Otherwise plasters, painkillers and something for the stomach.",
      ],
    ],
    slips: [
      [
        "That won't fit in {limit}, will it?",
        "You're right, that was too generous. Minimum: {key}, {layer}, and three sets of clothes.",
      ],
    ],
  },
};

const roadTrip: UseCase = {
  id: "route-and-transport",
  domain: "travel",
  english: {
    known: ["via"],
    scenes: [
      {
        from: "Hamburg",
        to: "Florence",
        by: "by train",
        via: "an overnight stop in Munich",
        time: "about thirteen hours of travel",
        note: "the morning train over the Brenner has the best view",
      },
      {
        from: "Edinburgh",
        to: "the Isle of Skye",
        by: "by car",
        via: "Glencoe and the ferry from Mallaig",
        time: "a good six hours",
        note: "book the ferry in the high season",
      },
      {
        from: "San Francisco",
        to: "Los Angeles",
        by: "along the coast",
        via: "Big Sur and Morro Bay",
        time: "two or three days if you want to enjoy it",
        note: "check for road closures before you leave",
      },
      {
        from: "Barcelona",
        to: "Bilbao",
        by: "without a car",
        via: "Zaragoza",
        time: "just under seven hours by train",
        note: "seats have to be reserved",
      },
      {
        from: "Oslo",
        to: "Bergen",
        by: "by train",
        via: "Finse and Myrdal",
        time: "six and a half hours",
        note: "sit on the left side",
      },
      {
        from: "Brisbane",
        to: "Cairns",
        by: "in a camper van",
        via: "Agnes Water and Airlie Beach",
        time: "ten days without rushing",
        note: "don't drive at dusk because of the kangaroos",
      },
      {
        from: "Paris",
        to: "Saint-Malo",
        by: "by bike and train",
        via: "Rennes",
        time: "three hours by train, four days if you cycle the last part",
        note: "bikes need a ticket on fast trains",
      },
    ],
    slots: {
      with: [
        "with two kids",
        "with a dog",
        "with an electric car",
        "on a tight budget",
        "with lots of luggage",
        "alone",
      ],
    },
    requests: [
      "What's the best way to get from {from} to {to} {by}?",
      "I want to travel from {from} to {to} {by}, {with}. Which stops would you make?",
      "How long does it take from {from} to {to} {by}?",
      "Can you plan a route from {from} to {to}? We'd go {by}, {with}.",
      "Is it worth going from {from} to {to} {by}, or should I fly?",
      "Please suggest two overnight stops between {from} and {to}. I'm travelling {with}.",
      "We're thinking of a trip {by} from {from} to {to}. What do we have to book in advance?",
      "Could you compare the options for {from} to {to}? I'm {with}, if that matters.",
      "My plan: {from} to {to} {by}, via {via}. Does that make sense?",
    ],
    terse: [
      "{from} to {to} {by}",
      "{from} {to} route stops",
      "{from}-{to} {with}",
      "how to get to {to} from {from}",
    ],
    details: [
      "Travelling {with}.",
      "I don't mind a detour if it's beautiful.",
      "We'd like to arrive before dark.",
      "No motorways, if possible.",
      "It's our first trip of this kind.",
    ],
    replies: [
      "I'd go via {via}. Count on {time}. And {note}.",
      "From {from} to {to} {by}: {time}. A good break in the middle is {via}. Tip: {note}.",
      "The direct way is the quickest, but via {via} it becomes part of the holiday. Plan {time}; {note}.",
      "Travelling {with}, I would split it: {via}. In total it's {time}. Please remember that {note}.",
    ],
    tips: [
      "Leave early; the first two hours are the easiest.",
      "Have a plan B for the last leg.",
      "Prices rise about three weeks before departure.",
    ],
    followUps: [
      [
        "Is there a night option?",
        "There may be, but you would miss the best part. If time is short, leave in the late afternoon and stop half-way.",
      ],
      [
        "What will it cost?",
        "That depends on the date. Booked early, the cheap fares are about half the normal ones.",
      ],
      ["Would it work {with}?", "Yes, with more breaks. Add about a fifth to the time."],
      [
        "And back another way?",
        "Then take the direct connection home and keep {via} for the way out; you'll be tired on the way back.",
      ],
    ],
    slips: [
      [
        "That connection doesn't run in winter.",
        "You're right, thanks. In winter take the longer way by road and allow two more hours.",
      ],
    ],
  },
};

export const travel: readonly UseCase[] = [cityTrip, flightCancelled, packing, visa, roadTrip];
