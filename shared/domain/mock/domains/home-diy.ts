import type { UseCase } from "../script.ts";

const tap: UseCase = {
  id: "fix-leaking-plumbing",
  domain: "home_diy",
  trouble: true,
  english: {
    scenes: [
      {
        leak: "the kitchen tap drips",
        part: "the cartridge or the washer",
        step: "shut off the water, take off the handle and change the washer",
        pro: "the valve under the sink does not close",
      },
      {
        leak: "the toilet keeps running",
        part: "the flush valve seal",
        step: "close the valve, take out the unit and clean or change the seal",
        pro: "the cistern is built into the wall and you have no access",
      },
      {
        leak: "there's water under the dishwasher",
        part: "the hose or the door seal",
        step: "pull it out, dry everything and watch one cycle with a torch",
        pro: "water has got into the floor",
      },
      {
        leak: "the shower head only trickles",
        part: "limescale",
        step: "soak it in warm vinegar overnight",
        pro: "the pressure is low everywhere",
      },
      {
        leak: "the radiator valve is wet",
        part: "the packing gland",
        step: "tighten the nut by a quarter turn",
        pro: "it still drips after that",
      },
      {
        leak: "the washbasin drains slowly",
        part: "hair in the trap",
        step: "put a bucket underneath and unscrew the trap",
        pro: "several drains are slow at once",
      },
      {
        leak: "the garden tap burst after the frost",
        part: "the pipe behind it",
        step: "shut off the inside valve and replace the tap",
        pro: "the wall is wet",
      },
    ],
    slots: {
      tools: [
        "an adjustable spanner and a screwdriver",
        "no tools at all",
        "a basic toolbox",
        "my neighbour's toolbox",
      ],
      home: ["a rented flat", "an old house", "a new build", "my parents' house"],
    },
    requests: [
      "How do I fix it myself? {^leak}.",
      "{^leak}. What could be the cause?",
      "Can I repair this without a plumber? {^leak}, and I have {tools}.",
      "Since yesterday {leak}. What should I do first?",
      "What does a plumber cost if {leak}?",
      "Please explain step by step what to do when {leak}.",
      "I live in {home} and {leak}. Is that my job or the landlord's?",
      "I've already changed the seal, but {leak} again.",
      "Which spare part do I need? {^leak}.",
    ],
    terse: ["{leak}", "{leak} fix", "{leak} {home}", "repair: {leak}"],
    details: [
      "It's {home}.",
      "I've got {tools}.",
      "It's getting worse.",
      "I'm not very handy.",
      "There is a bucket under it at the moment.",
    ],
    replies: [
      "Most likely it's {part}. Here's how: {step}. Call a plumber if {pro}.",
      "First, turn off the water. Then {step}. The usual culprit is {part}.",
      "With {~tools} you can try it: {step}. Stop if {pro}.",
      "Cause: {part}, in most cases. {^step}. It takes about half an hour the first time.",
    ],
    tips: [
      "Put a towel in the basin, so that no screw disappears down the drain.",
      "Take the old part to the shop.",
      "Take a photo before you unscrew anything.",
    ],
    followUps: [
      [
        "The screw is stuck.",
        "A drop of oil, ten minutes of patience, then a spanner with a cloth around it. Don't force it, or it breaks.",
      ],
      [
        "Which size do I need?",
        "Take the old one along; sizes look alike and aren't. Any hardware store can measure it.",
      ],
      [
        "How do I turn off the water?",
        "There is a small valve under the sink or beside the cistern; turn it clockwise. If there's none, take the main valve near the meter.",
      ],
      ["It's dry now, thank you!", "Well done! Check it again tomorrow with a piece of kitchen paper."],
    ],
    slips: [
      [
        "There is no such screw on mine.",
        "Sorry, models differ. Look for a small cap with a colour dot; the screw is underneath. Then {step}.",
      ],
    ],
  },
};

const wall: UseCase = {
  id: "paint-and-prepare-walls",
  domain: "home_diy",
  english: {
    scenes: [
      {
        room: "the bedroom",
        state: "old woodchip wallpaper",
        prep: "check that it sticks firmly, then paint over it or take it off wet",
        paint: "a matt emulsion",
        catch: "dark colours need three coats",
      },
      {
        room: "the bathroom",
        state: "dark spots in the corner",
        prep: "find the cause of the damp and remove the mould first",
        paint: "a breathable silicate paint",
        catch: "painting over mould only hides it",
      },
      {
        room: "the nursery",
        state: "crayon on the walls",
        prep: "wash it off and seal the stains with a primer",
        paint: "a washable paint without solvents",
        catch: "wax bleeds through without the primer",
      },
      {
        room: "the hallway",
        state: "small holes and cracks",
        prep: "fill, let dry and sand",
        paint: "a scrub-resistant satin paint",
        catch: "you see every bump in raking light",
      },
      {
        room: "the kitchen",
        state: "yellow stains from grease",
        prep: "wash with sugar soap and rinse",
        paint: "a stain blocker and then a washable paint",
        catch: "paint doesn't stick to grease",
      },
      {
        room: "the living room",
        state: "bare new plaster",
        prep: "let it dry for weeks and prime it with thinned paint",
        paint: "an ordinary emulsion afterwards",
        catch: "it peels if you hurry",
      },
      {
        room: "the ceiling of the attic",
        state: "wooden panels from the seventies",
        prep: "sand lightly and use an adhesion primer",
        paint: "an acrylic wood paint",
        catch: "knots turn yellow without a blocker",
      },
    ],
    slots: {
      colour: ["a warm white", "dark green", "terracotta", "light grey", "pale blue"],
      size: ["12 square metres", "about 20 square metres", "a small room", "four metres high"],
    },
    requests: [
      "How do I prepare {room} for painting? There's {state}.",
      "Which paint should I use for {room}? I'd like {colour}.",
      "I want to paint {room} {colour}. How many coats do I need?",
      "Can I paint over {state}?",
      "How much paint do I need for {room}, {size}?",
      "Please give me a step-by-step guide to painting {room}. The walls have {state}.",
      "What do I do about {state} in {room} before I paint?",
      "Do I need a primer for {room}? It has {state}.",
      "My paint in {room} looks patchy. What did I do wrong?",
    ],
    terse: ["paint {room} {colour}", "{state} paint over", "{room} which paint", "primer {state}"],
    details: [
      "The room is {size}.",
      "The colour would be {colour}.",
      "It's my first time.",
      "I'd like to finish it in a weekend.",
      "We rent, so it has to be reversible.",
    ],
    replies: [
      "First {prep}. Then use {paint}. Mind you, {catch}.",
      "For {room}: {prep}, tape, paint the edges, then roll from the window towards the door. {^paint} is a good choice.",
      "With {state}: {prep}. Skip that and you'll regret it, because {catch}.",
      "I'd take {paint} in {colour}. Preparation is two thirds of the work: {prep}.",
    ],
    tips: [
      "Take off the tape while the paint is still damp.",
      "Buy all of the paint at once, as batches differ.",
      "Wet into wet, and no coffee break in the middle of a wall.",
    ],
    followUps: [
      [
        "How long do I wait between coats?",
        "Four to six hours for most paints; it must feel dry and not cool.",
      ],
      [
        "Brush or roller?",
        "A brush for edges and corners, a medium-pile roller for everything else. Cheap rollers leave fluff.",
      ],
      [
        "How many litres is that?",
        "A litre covers about seven square metres per coat. Double it for two coats and add a tenth.",
      ],
      [
        "Now I can see stripes.",
        "Then it dried too quickly or the roller was too dry. Sand lightly and do one more coat without pausing.",
      ],
    ],
    slips: [["You forgot that the walls have {state}.", "True, sorry, that comes first: {prep}."]],
  },
};

const plants: UseCase = {
  id: "houseplant-care",
  domain: "home_diy",
  english: {
    scenes: [
      {
        plant: "monstera",
        sign: "has yellow leaves",
        why: "too much water",
        care: "let the top third of the soil dry out between waterings",
      },
      {
        plant: "moth orchid",
        sign: "won't flower again",
        why: "too warm and too even all year",
        care: "give it four cooler weeks near a window",
      },
      {
        plant: "basil from the supermarket",
        sign: "dies within a week",
        why: "too many seedlings in one small pot",
        care: "divide it into three pots and water from below",
      },
      {
        plant: "peace lily",
        sign: "droops every other day",
        why: "it is thirsty or pot-bound",
        care: "check the roots and repot it if they circle",
      },
      {
        plant: "fiddle-leaf fig",
        sign: "drops its leaves",
        why: "a draught or a new place",
        care: "choose one bright spot and leave it there",
      },
      {
        plant: "succulent",
        sign: "grows long and pale",
        why: "too little light",
        care: "move it to the brightest window, step by step",
      },
      {
        plant: "spider plant",
        sign: "has brown tips",
        why: "dry air or chalky water",
        care: "use rainwater and cut the tips at an angle",
      },
      {
        plant: "potted olive tree",
        sign: "has sticky leaves",
        why: "scale insects",
        care: "wipe them off with soapy water, several times",
      },
    ],
    slots: {
      spot: [
        "by a north-facing window",
        "above the radiator",
        "in the bathroom",
        "two metres from the window",
        "on a sunny balcony",
      ],
      since: ["since the winter", "for two weeks", "since I repotted it", "since we came back from holiday"],
    },
    requests: [
      "My {plant} {sign}. What am I doing wrong?",
      "How often do I water a {plant}? It stands {spot}.",
      "Why is it that my {plant} {sign} {since}?",
      "Can I save my {plant}? It {sign}.",
      "Is {spot} a good place for a {plant}?",
      "I got a {plant} as a present. How do I look after it?",
      "Please help, my {plant} {sign}, and it's {spot}.",
      "When should I repot my {plant}? It {sign}.",
      "Could it be a pest? My {plant} {sign} {since}.",
    ],
    terse: ["{plant} {sign}", "{plant} care", "{plant} water how often", "{plant} {spot}"],
    details: [
      "It stands {spot}.",
      "I water it on Sundays.",
      "It's been like that {since}.",
      "The pot has no hole.",
      "I have a cat, if that matters.",
    ],
    replies: [
      "When a {plant} {sign}, the reason is usually {why}. {^care}.",
      "Sounds like {why}. What helps: {care}. Be patient, it takes a few weeks.",
      "{^spot} isn't ideal, but first things first: {why} is the likely cause, so {care}.",
      "Check the soil with a finger. My guess: {why}. {^care}, and it should recover.",
    ],
    tips: [
      "More houseplants die from love than from neglect.",
      "Look under the leaves once a week.",
      "New leaves tell you more than old ones.",
    ],
    followUps: [
      [
        "How do I know when it needs water?",
        "Stick a finger in, two knuckles deep. Dry: water. Damp: wait. And lift the pot, the weight tells you.",
      ],
      [
        "Should I cut off the bad leaves?",
        "Yes, those that are more than half yellow or brown. They won't recover and cost the plant energy.",
      ],
      [
        "Does it need fertiliser?",
        "From March to September, every two weeks at half strength. In winter, none.",
      ],
      [
        "Is it poisonous for cats?",
        "Many houseplants are, mildly. To be safe, look it up by its Latin name in a poison list and put it out of reach.",
      ],
    ],
    slips: [
      [
        "Full sun burned it, thanks a lot.",
        "I'm sorry, I should have said step by step: an hour more each day. Cut the burnt leaves and give it light shade for a week.",
      ],
    ],
  },
};

const wifi: UseCase = {
  id: "home-wifi-trouble",
  domain: "home_diy",
  trouble: true,
  english: {
    scenes: [
      {
        issue: "the signal doesn't reach the bedroom",
        why: "two thick walls and a router on the floor",
        fix: "put it high and central, or add one mesh point halfway",
      },
      {
        issue: "video calls freeze every evening",
        why: "the neighbours' networks share your channel",
        fix: "switch to 5 GHz or another channel",
      },
      {
        issue: "the internet drops every few hours",
        why: "an old firmware or a loose plug",
        fix: "update, check the cables and look at the log of the router",
      },
      {
        issue: "the new printer can't find the network",
        why: "it only knows 2.4 GHz",
        fix: "turn on the 2.4 GHz band while you connect it",
      },
      {
        issue: "I get 20 of 250 megabits",
        why: "the measurement was done over a weak wireless link",
        fix: "measure with a cable first",
      },
      {
        issue: "the smart bulbs go offline",
        why: "too many devices for the router's table",
        fix: "restart it and give them a network of their own",
      },
      {
        issue: "the kids' tablets slow everything down",
        why: "updates and video in parallel",
        fix: "set a priority for your work computer",
      },
    ],
    slots: {
      box: [
        "the provider's router",
        "a six-year-old router",
        "a brand-new mesh set",
        "a fibre connection",
        "a DSL line",
      ],
      tried: [
        "restarting it ten times",
        "a repeater",
        "calling the hotline",
        "moving the router",
        "a new cable",
      ],
    },
    requests: [
      "My Wi-Fi is driving me crazy: {issue}. What can I do?",
      "{^issue}. I have {box}. How do I fix that?",
      "Why is it that {issue}?",
      "I've tried {tried}, but {issue} anyway.",
      "Do I need a new router? {^issue}, with {box}.",
      "Can you help me improve the Wi-Fi at home? Problem: {issue}.",
      "How do I set up {box} so that it works in the whole flat? Right now {issue}.",
      "What should I tell my provider if {issue}?",
      "Please explain simply what I could try, as {issue}.",
    ],
    terse: ["{issue}", "wifi {issue}", "{box}, {issue}", "{issue} {box}"],
    details: [
      "I've already tried {tried}.",
      "It's {box}.",
      "We live on three floors.",
      "I work from home, so it matters.",
      "It was fine until last month.",
    ],
    replies: [
      "A likely reason: {why}. Try this: {fix}.",
      "Test it once with a cable. If that's fast, the line is fine, and the cause is {why}. Then {fix}.",
      "If {tried} didn't help, look at the real cause: {why}. {^fix}.",
      "With {box} that's common: {why}. What works for most people: {fix}.",
    ],
    tips: [
      "Microwaves and baby monitors disturb the 2.4 GHz band.",
      "Write down the times it fails; that convinces the hotline.",
      "A cable to the desk solves more than any repeater.",
    ],
    followUps: [
      [
        "How do I change the channel?",
        "Open the router's page in the browser (the address is on its label), go to Wireless, and choose a channel that few others use.",
      ],
      [
        "Mesh or repeater?",
        "Mesh, if you move around with your devices. A repeater is fine for one corner and halves the speed.",
      ],
      [
        "The hotline says that everything is fine on their side.",
        "Then ask for a line measurement over 24 hours and send your list of times.",
      ],
      ["It works!!", "Lovely. Note what you changed, for the next time."],
    ],
    slips: [
      [
        "That setting doesn't exist on {box}.",
        'Sorry, it has another name there, often under "Advanced". The aim is the same: {fix}.',
      ],
    ],
  },
};

const shelf: UseCase = {
  id: "mount-furniture-on-wall",
  domain: "home_diy",
  english: {
    scenes: [
      {
        thing: "a heavy bookshelf",
        wall: "plasterboard",
        anchor: "hollow-wall anchors, and at least two screws into the studs",
        load: "about 25 kilos without a stud",
      },
      {
        thing: "a TV mount",
        wall: "a concrete wall",
        anchor: "10 mm plugs and a hammer drill",
        load: "far more than the TV weighs",
      },
      {
        thing: "kitchen cabinets",
        wall: "an old brick wall",
        anchor: "long frame plugs or chemical anchors",
        load: "about 100 kilos per rail, if the bricks are sound",
      },
      {
        thing: "a mirror",
        wall: "bathroom tiles",
        anchor: "a tile drill without hammer, then normal plugs",
        load: "15 kilos without trouble",
      },
      {
        thing: "a hammock chair",
        wall: "a wooden beam",
        anchor: "an eye bolt, pre-drilled, right in the middle",
        load: "120 kilos if the beam is sound",
      },
      {
        thing: "a cat shelf",
        wall: "aerated concrete",
        anchor: "plugs made for aerated concrete",
        load: "one cat, landing hard",
      },
    ],
    slots: {
      tool: ["a cordless drill", "my father's hammer drill", "no drill", "a rented drill"],
      fear: [
        "hitting a pipe",
        "the holes getting too big",
        "everything coming down at night",
        "losing my deposit",
      ],
    },
    requests: [
      "How do I mount {thing} on {wall}?",
      "Which wall plugs do I need for {thing}? It's {wall}.",
      "Can {wall} hold {thing}?",
      "I want to hang up {thing} and I'm afraid of {fear}. Any advice?",
      "I only have {tool}. Is that enough to put {thing} on {wall}?",
      "What's the right way to drill into {wall}? It's for {thing}.",
      "Please explain how to fix {thing} so that it stays up. {^wall}, {tool}.",
      "How do I find out what's behind the wall before I hang {thing}?",
      "My first attempt to put up {thing} failed, the plug just turns in {wall}. What now?",
    ],
    terse: ["{thing} {wall}", "plugs for {wall}", "hang {thing} without drilling", "{wall} how much weight"],
    details: [
      "I have {tool}.",
      "It's {wall}.",
      "My main worry is {fear}.",
      "The wall isn't quite straight.",
      "I rent the place.",
    ],
    replies: [
      "For {wall} you need {anchor}. That holds {load}.",
      "To hang {thing}: check for pipes and cables, mark it with a level, drill, then {anchor}. Load: {load}.",
      "{^wall} is the point that decides. Use {anchor}, nothing else. Expect {load}.",
      "As for {~fear}: a detector for twenty euros helps. Then {anchor}, and you're fine up to {load}.",
    ],
    tips: [
      "Cables usually run straight up, down or sideways from sockets.",
      "Hold the vacuum cleaner under the drill.",
      "Two people, one level, no hurry.",
    ],
    followUps: [
      ["How deep do I drill?", "As long as the plug, plus a centimetre. Mark it on the drill bit with tape."],
      [
        "The hole is too big now.",
        "Fill it with repair plaster or use a larger plug. For {thing}, I wouldn't improvise.",
      ],
      ["Would glue work?", "For something light, yes. For {thing}, no."],
      [
        "How do I find the studs?",
        "With a detector, by knocking, or with a strong magnet that finds the screws.",
      ],
    ],
    slips: [
      [
        "A hammer drill on tiles? It cracked!",
        "I'm so sorry, that must be done without hammer. Drill the tile at low speed first; the hammer only comes after it.",
      ],
    ],
  },
};

export const homeDiy: readonly UseCase[] = [tap, plants, wifi, wall, shelf];
