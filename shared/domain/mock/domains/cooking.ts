import type { UseCase } from "../script.ts";

const weekPlan: UseCase = {
  id: "vegetarian-week-plan",
  domain: "cooking",
  english: {
    scenes: [
      {
        for: "two of us",
        mon: "lentil bolognese",
        tue: "vegetable curry with chickpeas",
        wed: "leek quiche",
        thu: "bean chilli",
        fri: "pizza with roasted peppers",
        use: "the open tin of tomatoes",
      },
      {
        for: "a family of four",
        mon: "pasta with spinach and ricotta",
        tue: "baked potatoes with herb quark",
        wed: "fried rice with egg",
        thu: "red lentil soup",
        fri: "wraps to fill at the table",
        use: "the leftover rice",
      },
      {
        for: "one person",
        mon: "shakshuka",
        tue: "soba noodles with tofu",
        wed: "a big Greek salad",
        thu: "mushroom omelette",
        fri: "dal with spinach",
        use: "the rest of the feta",
      },
      {
        for: "three flatmates",
        mon: "black bean tacos",
        tue: "peanut noodles",
        wed: "aubergine bake",
        thu: "vegetable paella",
        fri: "burgers made of beetroot",
        use: "the second aubergine",
      },
      {
        for: "my parents and me",
        mon: "pumpkin risotto",
        tue: "cabbage and barley soup",
        wed: "semolina gnocchi",
        thu: "stuffed peppers",
        fri: "potato pancakes with apple sauce",
        use: "half of the pumpkin",
      },
      {
        for: "a couple with a baby",
        mon: "sweet potato mash with peas",
        tue: "courgette fritters",
        wed: "mild chickpea stew",
        thu: "broccoli pasta",
        fri: "polenta with tomato sauce",
        use: "the broccoli stalks",
      },
      {
        for: "five students",
        mon: "lentil sloppy joes",
        tue: "minestrone",
        wed: "potato and pea curry",
        thu: "mac and cheese with cauliflower",
        fri: "bibimbap",
        use: "the rest of the cabbage",
      },
    ],
    slots: {
      limit: [
        "at most 30 minutes on weekdays",
        "no more than 60 euros for the week",
        "without mushrooms",
        "high in protein",
        "with a lot of seasonal vegetables",
        "gluten-free where possible",
        "no dairy on two of the days",
        "freezer-friendly",
      ],
      dislike: ["aubergines", "coriander", "goat's cheese", "tofu", "olives"],
    },
    requests: [
      "Can you plan a week of vegetarian dinners for {for}? {^limit}, please.",
      "I need a vegetarian meal plan from Monday to Friday, {limit}.",
      "What could we cook this week without meat? It's for {for}, {limit}.",
      "Please put together five vegetarian dinners and a shopping list for {for}.",
      "We want to eat less meat and I've run out of ideas. Could you make a weekly plan, {limit}?",
      "How would a vegetarian week look for {for}? Nobody likes {dislike}.",
      "Give me a dinner plan for the week: vegetarian, {limit}, and nothing with {dislike}.",
      "My daughter has become a vegetarian. What can I cook for {for} from Monday to Friday that everyone eats?",
      "Help me with meal prep, please. Vegetarian, {for}, {limit}.",
      "I'm looking for a meat-free weekly menu where leftovers get used. We're {for}.",
    ],
    terse: [
      "vegetarian meal plan week {limit}",
      "veggie dinners for {for}",
      "meal prep vegetarian no {dislike}",
      "weekly menu without meat",
    ],
    details: [
      "Nobody here likes {dislike}.",
      "I cook after work, so it should be simple.",
      "We have a small oven and one good pan.",
      "Lunch is at the office.",
      "The kids eat everything as long as there's pasta.",
      "I do one big shop on Saturdays.",
    ],
    pastes: [
      "What we have at home:\n\n- half a cabbage\n- {red lentils|chickpeas|white beans}\n- rice, pasta, oats\n- {four|six|ten} eggs\n- frozen peas\n- a jar of {pesto|tahini|peanut butter}\n- {two onions and a lot of garlic|potatoes|carrots and a leek}",
    ],
    replies: [
      "Here's a plan for {~for}:\nMonday: {mon}\nTuesday: {tue}\nWednesday: {wed}\nThursday: {thu}\nFriday: {fri}\n\nIt uses up {use} along the way.",
      "How about {mon} on Monday, {tue} on Tuesday, {wed} in the middle of the week, {thu} on Thursday and {fri} to finish? {^use} goes into Thursday's dinner.",
      "Vegetarian week, {limit}:\n- Mon {mon}\n- Tue {tue}\n- Wed {wed}\n- Thu {thu}\n- Fri {fri}\n\nShall I add a shopping list?",
      "I'd cook twice as much of {mon} and freeze half. Then {tue}, {wed}, {thu}, and on Friday {fri}.",
    ],
    tips: [
      "Chop the onions for two days at once.",
      "{^tue} tastes even better the next day.",
      "If Wednesday gets busy, swap it with Thursday.",
    ],
    followUps: [
      [
        "Yes, a shopping list would be great.",
        "Vegetables: onions, carrots, one seasonal green, garlic. Dry goods: pulses, pasta or rice, tinned tomatoes. Fridge: eggs, cheese, yoghurt. Everything else is probably in your cupboard.",
      ],
      [
        "Can we replace {wed}? We had that last week.",
        "Sure: take a frittata with whatever vegetables are left. It needs 20 minutes.",
      ],
      [
        "How do I get more protein into it?",
        "Pulses twice, eggs once, and a spoon of yoghurt or nuts on top of the rest. {^thu} already covers one of the days.",
      ],
      [
        "What can I prepare on Sunday?",
        "Cook the grains, wash the greens, make the sauce for {mon}. That saves about an hour over the week.",
      ],
      ["And for the weekend?", "Something slow: fresh pasta on Saturday, and on Sunday a soup with {use}."],
      ["How long does {fri} take?", "About 35 minutes, most of it in the oven or on its own."],
    ],
    slips: [
      [
        "That has {dislike} in it, I said no {dislike}.",
        "Sorry, I overlooked that. Replace it with more of the other vegetables; {tue} works just as well without.",
      ],
      [
        "There's parmesan in it, which isn't vegetarian, strictly speaking.",
        "Well spotted, and sorry. Use a hard cheese made with microbial rennet instead.",
      ],
    ],
  },
};

const substitution: UseCase = {
  id: "ingredient-substitution",
  domain: "cooking",
  english: {
    scenes: [
      {
        missing: "buttermilk",
        dish: "pancakes",
        sub: "milk with a tablespoon of lemon juice per cup, left for ten minutes",
        note: "the taste is a bit milder",
      },
      {
        missing: "eggs",
        dish: "a sponge cake",
        sub: "three tablespoons of aquafaba per egg, whipped",
        note: "fold it in carefully",
      },
      {
        missing: "white wine",
        dish: "risotto",
        sub: "stock with a splash of vinegar or lemon",
        note: "start with little and taste",
      },
      {
        missing: "crème fraîche",
        dish: "a leek tart",
        sub: "full-fat yoghurt with a teaspoon of flour",
        note: "stir it in off the heat so that it does not split",
      },
      {
        missing: "fresh yeast",
        dish: "bread rolls",
        sub: "7 grams of dry yeast for 21 grams of fresh",
        note: "it needs a little longer to rise",
      },
      {
        missing: "soy sauce",
        dish: "a stir-fry",
        sub: "tamari if it is about gluten, otherwise miso in hot water",
        note: "salt only at the end",
      },
      {
        missing: "brown sugar",
        dish: "ginger biscuits",
        sub: "white sugar with a tablespoon of molasses",
        note: "they get a little crisper",
      },
      {
        missing: "tahini",
        dish: "hummus",
        sub: "peanut butter, half the amount",
        note: "add sesame oil for the flavour",
      },
      {
        missing: "cream",
        dish: "a tomato soup",
        sub: "a boiled potato, blended in",
        note: "it thickens as it stands",
      },
    ],
    slots: {
      why: [
        "the shop was sold out",
        "my guest is allergic",
        "I only noticed just now",
        "I'm trying to cook vegan",
        "it's Sunday and everything is closed",
        "I can't stand the taste",
      ],
    },
    requests: [
      "What can I use instead of {missing} in {dish}? {^why}.",
      "I'm making {dish} and have no {missing}. Any substitute?",
      "Can I leave out {missing} in {dish}, or will it fail?",
      "How do I replace {missing}? It's for {dish}, and {why}.",
      "I'm in the middle of cooking {dish}. {^why}: no {missing}. Help!",
      "Is there something similar to {missing} that works for {dish}?",
      "The recipe for {dish} calls for {missing}, but {why}. Ideas?",
      "Could you tell me the right amount if I swap {missing} for something else in {dish}?",
      "Please suggest a replacement for {missing}. I want to bake or cook {dish} tonight.",
    ],
    terse: [
      "substitute {missing}",
      "{dish} without {missing}",
      "{missing} alternative {dish}",
      "replace {missing}",
    ],
    details: [
      "{^why}.",
      "I've got milk, flour, oil and the usual spices.",
      "The guests arrive in an hour.",
      "I'd like to keep the texture.",
      "Please nothing exotic.",
    ],
    replies: [
      "Use {sub}. {^note}.",
      "Yes, easily: {sub}. For {dish} that's close enough; {note}.",
      "Leaving out {missing} costs {dish} moisture and flavour, so that is a risk. Better: {sub}. One thing, {note}.",
      "The best stand-in is {sub}. Keep in mind that {note}.",
    ],
    tips: [
      "Try a spoonful first.",
      "Write the change into the recipe, you may like it better.",
      "The other amounts stay as they are.",
    ],
    followUps: [
      [
        "I don't have that either!",
        "Then go by function: something fatty for richness, something sour for freshness. Yoghurt with lemon covers both.",
      ],
      ["Does it change the baking time?", "Only slightly. Check five minutes early."],
      [
        "Would it work for {dish} with more people, doubled?",
        "Yes, double everything but the salt; add that by taste.",
      ],
      ["Will people taste the difference?", "If they don't know, hardly. {^note}, that's all."],
    ],
    slips: [
      [
        "Lemon juice curdled it completely. Is that supposed to happen?",
        "A little, yes, but I should have said so: let it stand, then stir well. In {dish} it evens out.",
      ],
    ],
  },
};

const bakingFail: UseCase = {
  id: "baking-went-wrong",
  domain: "cooking",
  trouble: true,
  english: {
    scenes: [
      {
        bake: "my sourdough",
        fault: "stays flat and dense",
        why: "the starter was not active enough",
        fix: "use it at its peak, when a spoonful floats in water",
      },
      {
        bake: "my cheesecake",
        fault: "cracks every time",
        why: "it cools too fast",
        fix: "leave it in the switched-off oven with the door ajar",
      },
      {
        bake: "the macarons",
        fault: "have no feet",
        why: "the shells did not rest",
        fix: "let them dry until they no longer stick to your finger",
      },
      {
        bake: "my banana bread",
        fault: "is raw in the middle and dark outside",
        why: "the oven is too hot",
        fix: "bake at 160 degrees, longer, and cover it with foil",
      },
      {
        bake: "the pizza dough",
        fault: "tears when I stretch it",
        why: "the gluten is still tense",
        fix: "let it rest for 20 minutes and try again",
      },
      {
        bake: "my choux buns",
        fault: "collapse when I take them out",
        why: "they were still moist inside",
        fix: "prick them and dry them for ten more minutes",
      },
      {
        bake: "the muffins",
        fault: "are tough",
        why: "the batter was mixed too long",
        fix: "stir until the flour has just disappeared",
      },
      {
        bake: "my shortcrust",
        fault: "shrinks in the tin",
        why: "it was not chilled",
        fix: "chill it in the tin for half an hour and use baking beans",
      },
    ],
    slots: {
      oven: ["a gas oven", "a fan oven", "an old oven that runs hot", "a tabletop oven"],
      flour: ["plain flour", "spelt flour", "bread flour", "wholemeal flour", "gluten-free flour"],
    },
    requests: [
      "Why is it that {bake} {fault}? I use {flour} and {oven}.",
      "{^bake} {fault}. What am I doing wrong?",
      "I've baked it three times now and {bake} {fault}. Can you help?",
      "How do I prevent this: {bake} {fault}?",
      "I followed the recipe to the letter, yet {bake} {fault}.",
      "Could the {flour} be the reason that {bake} {fault}?",
      "What went wrong? {^bake} {fault}, and I have {oven}.",
      "Please help me rescue it, {bake} {fault} again.",
      "Is it my oven? I've got {oven}, and {bake} {fault}.",
    ],
    terse: ["{bake} {fault}", "why {bake} {fault}", "{bake} {fault} {oven}", "{bake} {fault} {flour}"],
    details: [
      "The dough looked fine.",
      "I have {oven}.",
      "I weigh everything.",
      "At my mother's it always works.",
      "It's for a birthday on Sunday.",
      "I didn't open the oven, promise.",
    ],
    replies: [
      "Most likely {why}. Next time, {fix}.",
      "That's a very common one: {why}. Try this: {fix}.",
      "Not your fault, recipes rarely mention it: {why}. The remedy: {fix}. With {oven}, check the temperature with a thermometer as well.",
      "I'd say {why}. It still tastes good, so don't throw it away. For the next round: {fix}.",
    ],
    tips: [
      "Change only one thing at a time.",
      "A cheap oven thermometer pays off at once.",
      "Note the time and temperature, then you can repeat a success.",
    ],
    followUps: [
      [
        "Can I still save this batch?",
        "As a trifle or as crumbs under fruit, yes. Toast it first, that makes everything better.",
      ],
      [
        "What difference does {flour} make?",
        "It absorbs another amount of water. Hold back a little of the liquid and add it by feel.",
      ],
      ["Top and bottom heat or fan?", "Top and bottom for this. If you only have fan, go 20 degrees lower."],
      ["It worked! Thank you!!", "Wonderful! Then you know the culprit now: {why}."],
    ],
    slips: [
      [
        "I did exactly that and it got worse.",
        "I'm sorry to hear that. Then it isn't that {why}; I'd suspect the temperature. Could you measure it?",
      ],
    ],
  },
};

const leftovers: UseCase = {
  id: "leftovers-recipe",
  domain: "cooking",
  english: {
    scenes: [
      {
        have: "half a cabbage, two carrots and some cooked rice",
        dish: "okonomiyaki-style pancakes",
        step: "shred the cabbage, mix with egg and flour, and fry until crisp",
      },
      {
        have: "stale bread, tomatoes and basil",
        dish: "panzanella",
        step: "toast the bread, soak it in the tomato juice and leave it for half an hour",
      },
      {
        have: "roast chicken from Sunday and a tin of corn",
        dish: "tortilla soup",
        step: "simmer the bones for an hour, then add corn, lime and the meat",
      },
      {
        have: "mashed potatoes and a bit of ham",
        dish: "croquettes",
        step: "chill, shape, bread and fry them in little oil",
      },
      {
        have: "three very ripe bananas and oats",
        dish: "breakfast cookies",
        step: "mash, mix with oats and nuts, and bake for 15 minutes",
      },
      {
        have: "a lot of courgettes from the garden",
        dish: "courgette fritters with feta",
        step: "grate, salt, squeeze well, then mix with egg and cheese",
      },
      {
        have: "cold pasta and one egg",
        dish: "a pasta frittata",
        step: "mix with egg and cheese and fry slowly on both sides",
      },
      {
        have: "chickpeas, spinach and yoghurt",
        dish: "a warm chickpea bowl",
        step: "fry the chickpeas with cumin, wilt the spinach, top with yoghurt",
      },
      {
        have: "salmon, an open pot of cream and dill",
        dish: "salmon tagliatelle",
        step: "warm the cream with lemon and stir in the flaked fish at the end",
      },
    ],
    slots: {
      time: ["20 minutes", "half an hour", "one pan", "little effort", "no oven"],
      mood: [
        "something warm",
        "something light",
        "comfort food",
        "something the kids will eat",
        "something for a lunch box",
      ],
    },
    requests: [
      "I have {have}. What can I cook with that in {time}?",
      "What can I make from {have}? I feel like {mood}.",
      "Please give me a recipe for {have}, nothing should go to waste.",
      "Looking into my fridge: {have}. Any idea for {mood}?",
      "How do I use up {have}? It won't last another day.",
      "Can you turn {have} into {mood}?",
      "There's {have} left from the weekend. I want to cook with {time}.",
      "Could you suggest two dishes with {have}? I have the basics: oil, onions, spices, flour.",
      "I'd like to cook {mood} and only have {have}. Possible?",
    ],
    terse: ["recipe {have}", "use up {have}", "{have}, {mood}", "what to cook with {have}"],
    details: [
      "I don't feel like shopping.",
      "There are two of us.",
      "I'd love {mood}.",
      "No meat today, if it can be avoided.",
      "I have onions, eggs and the usual spices.",
    ],
    replies: [
      "Make {dish}: {step}.",
      "How about {dish}? It works well with {have}. Simply {step}.",
      "With that I would cook {dish}.\n1. Get everything out and check what has to go first.\n2. {^step}.\n3. Finish with something fresh: lemon, herbs or pickles.",
      "{^mood} it is: {dish}. {^step}. Done.",
    ],
    tips: [
      "It keeps until tomorrow in the fridge.",
      "A squeeze of lemon at the end lifts it.",
      "Whatever is left goes into a soup.",
    ],
    followUps: [
      [
        "How much of everything?",
        "For two: about 300 grams of the main ingredient, one or two eggs, and salt by taste. It's forgiving.",
      ],
      ["Could I freeze it?", "Yes, before the last step. It keeps for about two months."],
      [
        "Something else, please. We had that last week.",
        "Then go for a soup: fry an onion, add {have}, cover with stock, and blend half of it.",
      ],
      ["What goes well with it?", "A green salad with mustard dressing, or just bread."],
    ],
    slips: [
      [
        "I don't have an oven, and now I'm supposed to bake?",
        "Right, sorry! A lidded pan on low heat does it as well: {step}.",
      ],
    ],
  },
};

const dinnerParty: UseCase = {
  id: "dinner-party-menu",
  domain: "cooking",
  english: {
    scenes: [
      {
        occasion: "my in-laws' first visit",
        start: "a beetroot salad with walnuts",
        main: "braised beef with polenta",
        sweet: "a lemon tart",
        ahead: "the beef, which is better the next day",
      },
      {
        occasion: "a birthday for ten",
        start: "three dips with flatbread",
        main: "a big tray of vegetable lasagne",
        sweet: "a chocolate cake without flour",
        ahead: "lasagne and cake",
      },
      {
        occasion: "Christmas Eve with two vegans",
        start: "a celeriac soup",
        main: "a mushroom Wellington",
        sweet: "poached pears",
        ahead: "everything but the pastry",
      },
      {
        occasion: "a summer barbecue",
        start: "grilled peaches with burrata",
        main: "marinated chicken and halloumi skewers",
        sweet: "a fruit crumble",
        ahead: "marinades and salads",
      },
      {
        occasion: "a romantic dinner",
        start: "scallops, or fried king oyster mushrooms",
        main: "risotto with saffron",
        sweet: "affogato",
        ahead: "the stock",
      },
      {
        occasion: "Friendsgiving",
        start: "a pumpkin soup",
        main: "turkey breast with sage and a sweet potato gratin",
        sweet: "pecan pie",
        ahead: "the pie and the gratin",
      },
      {
        occasion: "a brunch for colleagues",
        start: "granola and fruit",
        main: "shakshuka from a large pan",
        sweet: "cinnamon rolls",
        ahead: "the dough, which rises in the fridge overnight",
      },
    ],
    slots: {
      diet: [
        "one guest is lactose intolerant",
        "two of them don't eat pork",
        "there's a nut allergy",
        "one person is vegan",
        "nobody is picky",
      ],
      skill: [
        "I'm not a great cook",
        "I can cook, but never for so many",
        "my kitchen is tiny",
        "I want to sit with my guests and not stand in the kitchen",
      ],
    },
    requests: [
      "Can you suggest a three-course menu for {occasion}? {^diet}.",
      "I'm cooking for {occasion} and {skill}. What would you make?",
      "What can I prepare the day before for {occasion}?",
      "Please plan a menu and a timetable for {occasion}; {diet}.",
      "How much food do I need for {occasion}?",
      "Help me impress people at {occasion}. {^skill}.",
      "Which main course works for {occasion} if {diet}?",
      "Could you come up with a menu for {occasion} that isn't too expensive?",
      "For {occasion} I thought of a roast, but {diet}. Alternatives?",
    ],
    terse: [
      "menu {occasion}",
      "{occasion} main course, {diet}",
      "3 courses make ahead",
      "{occasion} food ideas",
    ],
    details: [
      "{^diet}.",
      "{^skill}.",
      "There will be children as well.",
      "We eat at seven.",
      "The budget is about 20 per person.",
    ],
    replies: [
      "Menu for {~occasion}:\nStarter: {start}\nMain: {main}\nDessert: {sweet}\n\nThe day before you can do {ahead}.",
      "I'd serve {start}, then {main}, and {sweet} to finish. Prepare {ahead} in advance, so that you can be with your guests.",
      "Keep it simple: {main} in the middle, {start} on the table when people arrive, and {sweet} from the fridge. As {diet}, check the labels once.",
      "Since {~skill}, I would make only the main course with effort: {main}. {^start} and {sweet} need almost no work.",
    ],
    tips: [
      "Write the timetable backwards from the moment you want to eat.",
      "Cook it once before, for two.",
      "Ask somebody to bring the wine.",
    ],
    followUps: [
      [
        "Which wine goes with it?",
        "A dry white with {start}, something medium-bodied and red with the main course. Sparkling water with lemon for those who drive.",
      ],
      [
        "And a vegetarian version?",
        "Replace the meat by a tray of roasted vegetables with the same seasoning. The rest stays.",
      ],
      ["How do I keep it warm?", "At 70 degrees in the oven, covered. An hour is no problem."],
      [
        "Can you make a timetable?",
        "Day before: {ahead}. Three hours before: set the table. One hour: oven on. Half an hour: change clothes. Then open the door.",
      ],
    ],
    slips: [
      [
        "There are nuts in it! I told you about the allergies.",
        "I'm sorry, that must not happen. Use toasted seeds instead, and check the labels of everything ready-made.",
      ],
    ],
  },
};

export const cooking: readonly UseCase[] = [weekPlan, substitution, leftovers, bakingFail, dinnerParty];
