import type { UseCase } from "../script.ts";

/** Use cases that must not be published: too few conversations or too few users (allocation.ts says how few). */
const harpsichord: UseCase = {
  id: "tune-a-harpsichord",
  domain: "leisure_family",
  english: {
    scenes: [
      {
        temperament: "quarter-comma meantone",
        issue: "the fifth between G sharp and E flat howls",
        cure: "avoid it, or tune Werckmeister III instead",
      },
      {
        temperament: "Vallotti",
        issue: "it drifts whenever the heating is on",
        cure: "keep the room at 50 % humidity",
      },
      { temperament: "Kirnberger III", issue: "two jacks stick", cure: "ease the tongue with a fine file" },
      {
        temperament: "equal temperament",
        issue: "it sounds dull",
        cure: "revoice the plectra a little stronger",
      },
    ],
    slots: {
      maker: [
        "a Flemish copy from 1978",
        "a kit that I built myself",
        "a two-manual French instrument",
        "a small spinet",
      ],
    },
    requests: [
      "How do I tune my harpsichord in {temperament}? It's {maker}.",
      "My harpsichord is tuned in {temperament}, and {issue}. What can I do?",
      "Can you explain {temperament} to a beginner with {maker}?",
      "What is the best temperament for Couperin on {maker}?",
      "I have {maker}, and {issue}.",
      "Please give me the order of fifths for {temperament}.",
      "How often should I tune {maker}?",
      "Is {temperament} right for playing Bach with a recorder?",
    ],
    terse: ["{temperament} harpsichord tuning order", "harpsichord {issue}"],
    details: ["The concert is on Sunday.", "I tune by ear, with a fork."],
    replies: [
      "Start from A and set the fifths by counting beats. As for your problem: {cure}.",
      "In {temperament} some keys are sweet and others are wild; that's intended. If {issue}, then {cure}.",
    ],
    followUps: [
      [
        "And the pitch, 415 or 440?",
        "Whatever the strings were chosen for. Raising an old instrument to 440 can break it.",
      ],
      ["How do I count the beats?", "Against a watch: play the fifth and count the waves in ten seconds."],
    ],
  },
};

const falconry: UseCase = {
  id: "falconry-permit",
  domain: "legal_admin",
  english: {
    scenes: [
      { bird: "a Harris's hawk", need: "an exam and a facility that has been inspected" },
      { bird: "a peregrine", need: "proof of captive breeding and a ring number" },
      { bird: "a barn owl", need: "a permit for protected species" },
    ],
    slots: { country: ["Scotland", "Bavaria", "Texas", "Austria"] },
    requests: [
      "What permit do I need to keep {bird} in {country}?",
      "How do I become a licensed falconer in {country}?",
      "I've inherited {bird}. Am I allowed to keep it in {country}?",
      "Can I fly {bird} in a public park in {country}?",
      "Which papers must I carry when I travel with {bird}?",
      "Please explain the falconry exam in {country}.",
      "How large must the aviary for {bird} be?",
      "Is it legal to breed {bird} in {country}?",
    ],
    terse: ["falconry licence {country}", "{bird} permit"],
    details: ["A friend of mine has been doing it for years.", "The office couldn't tell me."],
    replies: [
      "For {bird} you'll need {need}. In {country}, the nature conservation authority is responsible.",
      "Usually that means {need}. Ask the local falconers' club; they know the inspectors.",
    ],
    followUps: [
      ["How long does it take?", "Between three months and a year, most of it waiting for the exam date."],
      ["And the costs?", "The exam is the smaller part. The aviary, food and vet cost more."],
    ],
  },
};

const bees: UseCase = {
  id: "beekeeping-in-winter",
  domain: "home_diy",
  english: {
    scenes: [
      {
        worry: "the hive is very quiet",
        answer: "knock gently and listen for a short hum",
        step: "don't open it below ten degrees",
      },
      {
        worry: "there are dead bees at the entrance",
        answer: "a few dozen are normal",
        step: "clear them so that the entrance stays open",
      },
      { worry: "mice have got in", answer: "there's a grid for that", step: "fit it in October next time" },
      {
        worry: "the stores feel light",
        answer: "weigh it from one side",
        step: "place fondant above the cluster",
      },
    ],
    slots: { hive: ["a Dadant hive", "a top-bar hive", "two nucs", "a Langstroth hive"] },
    requests: [
      "It's my first winter with bees and {worry}. Is that bad?",
      "How do I prepare {hive} for the winter? Right now {worry}.",
      "What should I do if {worry}?",
      "Is it time to treat {hive} against varroa if {worry}?",
      "My bees: {worry}. Can I open the hive?",
      "Can I move {hive} in December although {worry}?",
      "How much food does {hive} need until March? I ask because {worry}.",
      "Would insulation help {hive}? At the moment {worry}.",
    ],
    terse: ["bees winter {worry}", "{hive} {worry}"],
    details: ["It's {hive}.", "We had minus eight last night."],
    replies: ["{^answer}. And {step}.", "No need to panic: {answer}. What I would do: {step}."],
    followUps: [
      ["They were flying today, at eleven degrees.", "A cleansing flight, a good sign."],
      ["How will I know that the queen is alive?", "You won't until spring. Brood in March is the proof."],
    ],
  },
};

const brioche: UseCase = {
  id: "read-a-knitting-chart",
  domain: "leisure_family",
  english: {
    scenes: [
      {
        piece: "a brioche shawl",
        sym: "the slanted double line",
        mean: "a decrease over three stitches that leans to the left",
      },
      {
        piece: "an Aran jumper",
        sym: "the box with a 4/4",
        mean: "a cable with four stitches held in front",
      },
      { piece: "lace socks", sym: "the empty circle", mean: "a yarn over" },
      { piece: "a colourwork yoke", sym: "the grey squares", mean: "no stitch, skip them" },
    ],
    slots: { level: ["I can knit and purl, not more", "I've knitted for years", "it's my first chart"] },
    requests: [
      "What does {sym} mean in the chart for {piece}?",
      "How do I read the chart for {piece}? {^level}.",
      "I'm knitting {piece} and lost count. How do I find my row?",
      "Can you turn the chart for {piece} into written instructions?",
      "Do I read the chart for {piece} from right to left on wrong-side rows too?",
      "My {piece} chart has a symbol that isn't in the legend: {sym}.",
      "Please explain the repeat in {piece}. {^level}.",
      "Is {piece} too hard if {level}?",
    ],
    terse: ["knitting chart {sym}", "{piece} chart help"],
    details: ["{^level}.", "The pattern is Danish."],
    replies: [
      "That's {mean}. Right-side rows are read from right to left.",
      "In most charts {sym} stands for {mean}. Check the legend, as designers differ.",
    ],
    followUps: [
      ["I dropped a stitch ten rows below.", "Ladder it up with a crochet hook, one bar at a time."],
      ["Should I use a lifeline?", "Yes, a thin thread through all of the stitches every repeat."],
    ],
  },
};

const glaciology: UseCase = {
  id: "glacier-mass-balance-thesis",
  domain: "data_analysis",
  english: {
    known: ["step", "err"],
    scenes: [
      {
        data: "ablation stakes on the eastern tongue",
        step: "interpolate by elevation bands and weight by area",
        doubt: "three stakes melted out in August",
      },
      {
        data: "two digital elevation models, 2010 and 2020",
        step: "co-register them on stable ground before subtracting",
        doubt: "there's a tilt along the moraine",
      },
      {
        data: "a degree-day model",
        step: "calibrate it on one half of the years and test it on the other",
        doubt: "the lapse rate is not constant",
      },
      {
        data: "snow pits from four spring campaigns",
        step: "convert depth to water equivalent with the measured density",
        doubt: "one pit missed the last summer surface",
      },
      {
        data: "radar thickness profiles",
        step: "krige with the surface slope as a covariate",
        doubt: "the bed is ambiguous below the icefall",
      },
    ],
    slots: {
      glacier: ["our valley glacier", "the plateau glacier", "the small cirque glacier"],
      err: ["0.12 m w.e.", "0.3 m w.e.", "about eight per cent"],
    },
    requests: [
      "For my thesis on {glacier} I have {data}. How do I get from there to an annual mass balance?",
      "I'm working with {data}, and {doubt}. How would you handle it?",
      "What uncertainty should I report for {data}? I get {err}.",
      "Can you check my method for {glacier}? With {data}, I {step}.",
      "How do I compare the geodetic with the glaciological balance for {glacier}?",
      "My supervisor questions {data}, as {doubt}. What can I answer?",
      "Please help me describe {data} in the methods chapter.",
      "Is {err} plausible as an error for {glacier}?",
    ],
    terse: ["{data} mass balance", "{glacier} {doubt}", "geodetic balance error {err}"],
    details: ["The error is {err} at the moment.", "{^doubt}, unfortunately.", "It's chapter four."],
    replies: [
      "I'd {step}. Then propagate the error; {err} sounds plausible.",
      "With {data}: {step}. Mention openly that {doubt}, and show how much it matters.",
    ],
    tips: ["A figure with both series says more than a table.", "State the reference surface."],
    followUps: [
      [
        "How do I propagate that error?",
        "Treat stake and area errors as independent, and the density error as systematic over the whole period.",
      ],
      [
        "Which figure would you show?",
        "Balance against elevation for every year in grey, the mean in black.",
      ],
      ["Should I leave out the bad year?", "Keep it, flag it, and give the result with and without it."],
    ],
    slips: [["You mixed up annual and winter balance.", "Yes, I did, sorry. For the annual one: {step}."]],
  },
};

/** Few conversations each. */
export const fewConversations: readonly UseCase[] = [harpsichord, falconry, bees, brioche];
/** Many conversations of very few users. */
export const fewUsers: readonly UseCase[] = [glaciology];
