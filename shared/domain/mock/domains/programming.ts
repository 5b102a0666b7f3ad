import type { UseCase } from "../script.ts";

const failingTest: UseCase = {
  id: "fix-failing-test",
  domain: "programming",
  trouble: true,
  english: {
    scenes: [
      {
        tool: "pytest",
        test: "test_total_includes_tax",
        symptom: "it passes alone but fails when I run the whole suite",
        cause: "another test changes the module-level tax rate and never resets it",
        fix: "set the rate with monkeypatch.setattr, which undoes the change after each test",
      },
      {
        tool: "Jest",
        test: "renders the empty cart",
        symptom: "it complains about an update that was not wrapped in act()",
        cause: "the component updates state after the promise resolves, when the test is already over",
        fix: "await findByText instead of calling getByText right away",
      },
      {
        tool: "JUnit 5",
        test: "savesOrderTwice",
        symptom: "it fails on the build server but never on my laptop",
        cause: "the assertion depends on the order of a HashMap",
        fix: "compare sets, or sort both lists before you compare them",
      },
      {
        tool: "Vitest",
        test: "formats dates",
        symptom: "the expected hour is off by two",
        cause: "the test uses the time zone of the machine",
        fix: "set TZ=UTC in the test script and pass the zone explicitly in the code",
      },
      {
        tool: "pytest",
        test: "test_upload_is_retried",
        symptom: "it says fixture 'client' not found",
        cause: "the fixture lives in a conftest.py of a sibling folder",
        fix: "move it to the conftest.py of the common parent folder",
      },
      {
        tool: "RSpec",
        test: "sends a welcome mail",
        symptom: "the count changes by 0 instead of 1",
        cause: "the mail is enqueued, and the queue adapter in tests does not run jobs",
        fix: "wrap the call in perform_enqueued_jobs",
      },
      {
        tool: "Go",
        test: "TestParseConfig",
        symptom: "it hangs until the timeout",
        cause: "a goroutine waits on an unbuffered channel nobody reads from",
        fix: "give the channel a buffer of one or close it in a defer",
      },
      {
        tool: "Cypress",
        test: "logs in and shows the dashboard",
        symptom: "it fails about one time in five",
        cause: "the click happens before the form has attached its handler",
        fix: "wait for the login request with cy.intercept and cy.wait instead of a fixed delay",
      },
      {
        tool: "PHPUnit",
        test: "testInvoiceNumberIsUnique",
        symptom: "it fails from the second run on",
        cause: "the rows of the first run are still in the test database",
        fix: "use a transaction per test and roll it back in tearDown",
      },
      {
        tool: "xUnit",
        test: "Rounds_To_Cents",
        symptom: "it expects 2.68 but gets 2.67",
        cause: "2.675 cannot be represented as a double",
        fix: "use decimal for money",
      },
    ],
    slots: {
      since: [
        "since yesterday's merge",
        "after I upgraded the framework",
        "since I moved the file",
        "and I have not touched that code",
        "out of nowhere",
        "since we switched to the new build server",
      ],
      code: [
        "an old code base",
        "a small side project",
        "code I inherited",
        "our payment service",
        "a monorepo",
        "my first open-source contribution",
      ],
    },
    requests: [
      'My {tool} test "{test}" fails {since}: {symptom}. {What could be wrong?|Any idea why?}',
      "Can you help me fix a failing unit test? It's called {test}, we use {tool}, and {symptom}.",
      "I've got a {tool} test that drives me up the wall. {^symptom}. How do I find the cause?",
      "Why would {test} in {tool} behave like this: {symptom}?",
      "One test in {code} is red {since}. The name is {test} ({tool}), and {symptom}.",
      "Please explain what's going on here: I run {tool}, and {symptom}. The test is {test}.",
      "I need to get {test} green before I can merge. {^symptom}. It's {tool} in {code}.",
      "How can I debug a test that only fails sometimes? In {tool}, {test}: {symptom}.",
      "Our build is red {since}. The culprit is {test}: {symptom}. What should I look at first?",
      "{tool} question: {symptom}. The failing test is {test}. I suspect the set-up, but I'm not sure.",
    ],
    terse: [
      "{tool} {test} fails, {symptom}",
      "{tool}: {symptom}",
      "{test} failing {since}",
      "flaky test {tool} how to fix",
    ],
    details: [
      "The code itself works when I try it by hand.",
      "Deleting the test is not an option, sadly.",
      "I can't share the whole code, it's {code}.",
      "Everything else is green, {two hundred|ninety|a thousand} other tests.",
      "I already cleared the cache and reinstalled everything.",
    ],
    pastes: [
      "Here's the output:\n\n```\nFAIL {test}\n  expected and received differ\n  - expected\n  + received\n  at line {14|27|58|103}\n\n{212|87|1043} passed, 1 failed in {2.31|8.07|14.5} s\n```",
      "What I see in the log of the build server:\n\n```\n[{1|2|4}/7] install ... ok\n[{3|4}/7] compile ... ok\n[5/7] test ... FAILED\n{test}\nre-run 1 of 2: FAILED\nre-run 2 of 2: {passed|FAILED}\n```",
    ],
    replies: [
      "That pattern usually means that {cause}. To fix it, {fix}.",
      "Most likely {cause}. You can check by running {test} on its own and then with its neighbours. If that is it: {fix}.",
      "{Good description, thanks.|Thanks for the details.} When {~symptom}, I would look for shared state or timing first. Here I think {cause}. {^fix}, and run it twenty times in a loop to be sure.",
      'Step by step:\n1. Reproduce it with "{test}" alone.\n2. Print what it gets, right before the assertion.\n3. If I\'m right, {cause}.\n4. Then {fix}.',
      "I'd bet that {cause}. The remedy: {fix}.",
    ],
    tips: [
      "A short comment beside the fix will save the next person an hour.",
      "If it still fails, paste the first ten lines of the output.",
      "Run the suite in random order once; it finds more of these.",
    ],
    followUps: [
      [
        "Still red. Same message.",
        "Then let's be sure that it runs what you think it runs: change the expected value to something absurd and see whether the message changes. If it doesn't, it uses a cached build.",
      ],
      [
        "Could you show me what that looks like in code?",
        "The shape is always the same: arrange inside the test, act once, assert on the result. In your case: {fix}. Keep it in the test itself, not in a shared set-up.",
      ],
      [
        "That fixed it! But why did it work before?",
        "Because nothing else happened to touch it. The condition was always there ({cause}); the order of events hid it.",
      ],
      [
        "Is there a way to find all tests with the same problem?",
        "Run them in random order and repeat the run {ten|twenty} times. Those that fail even once go on the list. {^tool} has a flag or a plug-in for that.",
      ],
      [
        "Should I just retry flaky tests automatically?",
        "As a stopgap, yes, but count the retries. A retry that nobody looks at turns a bug into a habit.",
      ],
      [
        "And how do I stop this from happening again?",
        "Make it impossible instead of remembering it: no module-level state in tests, no real clock, no real network.",
      ],
    ],
    slips: [
      [
        "I tried it, and now three other tests fail.",
        "Sorry, I assumed that nobody else relied on the old set-up. Undo it there and make the change only inside {test}.",
      ],
      [
        "That option doesn't exist in {tool}.",
        "You're right, I mixed that up with another tool, my apologies. The idea stands, though: {fix}.",
      ],
    ],
  },
};

const explainError: UseCase = {
  id: "explain-error-message",
  domain: "programming",
  trouble: true,
  english: {
    scenes: [
      {
        lang: "Python",
        error: "TypeError: 'NoneType' object is not subscriptable",
        doing: "reading a field from an API answer",
        meaning: "the function gave back None, and you index into it",
        fix: "check for None before you index, and find out why the call returned nothing",
      },
      {
        lang: "JavaScript",
        error: "Uncaught TypeError: Cannot read properties of undefined (reading 'map')",
        doing: "rendering a list",
        meaning: "the list is still undefined on the first render",
        fix: "start with an empty array or render a placeholder until the data is there",
      },
      {
        lang: "Java",
        error: "java.util.ConcurrentModificationException",
        doing: "removing items while looping over a list",
        meaning: "the list changed under the iterator",
        fix: "use removeIf, or the iterator's own remove",
      },
      {
        lang: "Python",
        error: "UnicodeDecodeError: 'utf-8' codec can't decode byte 0xe9",
        doing: "opening a CSV from Excel",
        meaning: "the file is not UTF-8 but probably Windows-1252",
        fix: 'open it with encoding="cp1252"',
      },
      {
        lang: "Rust",
        error: "error[E0502]: cannot borrow `items` as mutable because it is also borrowed as immutable",
        doing: "pushing to a vector inside a loop",
        meaning: "you hold a reference into the vector while you change it",
        fix: "collect the new elements first and extend the vector after the loop",
      },
      {
        lang: "C#",
        error: "System.NullReferenceException: Object reference not set to an instance of an object",
        doing: "loading a settings file",
        meaning: "a section is missing, so the object was never made",
        fix: "turn on nullable reference types and check the section",
      },
      {
        lang: "Bash",
        error: "syntax error near unexpected token `done'",
        doing: "running a backup script written on Windows",
        meaning: "the file has Windows line endings",
        fix: "convert it with dos2unix",
      },
      {
        lang: "Kotlin",
        error: "Unresolved reference: launch",
        doing: "adding coroutines to an Android app",
        meaning: "the coroutines library is not on the class path",
        fix: "add the kotlinx-coroutines-android dependency and sync",
      },
      {
        lang: "TypeScript",
        error:
          "TS2345: Argument of type 'string | undefined' is not assignable to parameter of type 'string'",
        doing: "reading an environment variable",
        meaning: "the variable may be absent, and the compiler wants you to say what happens then",
        fix: "check it once at the start and stop with a clear message if it is missing",
      },
      {
        lang: "R",
        error: "non-numeric argument to binary operator",
        doing: "adding up a column",
        meaning: "the column was read as text",
        fix: "convert it with as.numeric after removing the thousands separators",
      },
    ],
    slots: {
      level: [
        "I'm a beginner",
        "I normally write another language",
        "I've been coding for years but never saw this",
        "I'm following a tutorial",
        "I'm porting an old script",
      ],
    },
    requests: [
      "I get this error in {lang} while {doing}:\n\n{error}\n\nWhat does it mean?",
      'What does "{error}" mean? I was {doing}.',
      "Can someone explain {error} in plain words? {^level}.",
      "{lang} keeps throwing {error} when I'm {doing}. How do I fix it?",
      "I'm {doing} in {lang} and my program crashes with {error}. The line it points to looks fine to me.",
      "Please help me understand this message: {error}. It appears only {sometimes|on my colleague's machine|with real data}.",
      "My {lang} script worked yesterday. Today, while {doing}, I see:\n\n    {error}\n\nNothing has changed, I swear.",
      "How can I get rid of {error}? {^level}, so please don't assume too much.",
      "Is {error} a bug in {lang} or in my code? It happens when I'm {doing}.",
    ],
    terse: ["{error}", "{lang} {error} {doing}", "what is {error}", "fix: {error}"],
    details: [
      "{^level}.",
      "The stack trace is eighty lines long and mentions none of my files.",
      "I searched for it, but the answers are from 2013.",
      "It's for a course, so I'd like to understand it and not only make it go away.",
      "I can't upgrade {lang} on that machine.",
    ],
    pastes: [
      "The whole trace:\n\n```\n  in main, line {12|48|203}\n  in load_all, line {7|31|66}\n  in parse_row, line {5|19|88}\n{error}\n```",
    ],
    replies: [
      "In plain words: {meaning}. So {fix}.",
      "The message looks worse than it is. It says that {meaning}. To solve it, {fix}.",
      "While {doing} this nearly always means one thing: {meaning}. Fix: {fix}. Do that first and see whether it goes away.",
      "It's your code, not {lang} (good news, you can fix it). Cause: {meaning}. Remedy: {fix}.",
    ],
    tips: [
      "Read such messages from the bottom up; the last line that is your file is where to look.",
      "Print the type of the value just before that line, and you will see it.",
      "A small test for this case would keep it from coming back.",
    ],
    followUps: [
      [
        "Okay, but why does it only happen sometimes?",
        "Because it depends on the data: with most inputs the value is there. Log the input that triggers it, then you can repeat it at will.",
      ],
      [
        "I did that, and now I get a different error.",
        "That's progress: the first problem is out of the way. Paste the new message, and the five lines around the place it names.",
      ],
      [
        "Can I catch the error and ignore it?",
        "You could, but then {meaning} and nobody notices. Catch it only where you can do something sensible about it.",
      ],
      [
        "Which line should I change?",
        "Not the one that crashes, but the one that makes the value. That's where you want to {fix}.",
      ],
      [
        "Is there a tool that finds this before I run it?",
        "A type checker or a strict linter finds most of these in {lang}. Turn it on for new files first, so that you don't drown.",
      ],
    ],
    slips: [
      [
        "That can't be it, I checked, and the value is there.",
        "Thanks for checking, then my first guess was wrong. Look one step earlier: the value may be there and still be of another type than you expect.",
      ],
      [
        "Your fix doesn't even compile.",
        "Sorry, I left out the import and wrote it from memory. The principle is right: {fix}.",
      ],
    ],
  },
};

const refactor: UseCase = {
  id: "refactor-code",
  domain: "programming",
  english: {
    scenes: [
      {
        what: "a 300-line function that imports orders",
        smell: "it reads files, checks them and writes to the database",
        move: "split it into three functions: read, check, write",
        gain: "you can test the checks without files or a database",
      },
      {
        what: "a class with eleven boolean parameters",
        smell: "nobody knows which combinations are legal",
        move: "replace the flags by a small set of named variants",
        gain: "illegal combinations cannot be written down any more",
      },
      {
        what: "five nearly equal report generators",
        smell: "every change has to be made five times",
        move: "pull out the part that differs and pass it in as a function",
        gain: "the common path exists once",
      },
      {
        what: "a nest of if-else blocks for shipping prices",
        smell: "the rules are hidden in the indentation",
        move: "put the rules into a table and look the price up",
        gain: "the business side can read the table",
      },
      {
        what: "a React component with twenty hooks",
        smell: "fetching, state and layout are mixed",
        move: "move fetching into one custom hook and leave only layout in the component",
        gain: "the component becomes boring, which is good",
      },
      {
        what: "a utility file everyone imports",
        smell: "it has become a drawer for everything",
        move: "sort the functions by subject and give each subject its own module",
        gain: "circular imports disappear",
      },
      {
        what: "a legacy module without any tests",
        smell: "nobody dares to touch it",
        move: "write a few tests that record what it does today, then change it in small steps",
        gain: "you notice at once when the behaviour changes",
      },
      {
        what: "callbacks nested seven levels deep",
        smell: "errors get lost halfway",
        move: "turn the callbacks into promises and use async functions",
        gain: "one try block catches everything",
      },
    ],
    slots: {
      lang: ["Python", "TypeScript", "Java", "C#", "Ruby", "PHP", "Kotlin", "Go"],
      when: [
        "before the release",
        "bit by bit",
        "without breaking anything",
        "next sprint",
        "while the team keeps adding features",
      ],
    },
    requests: [
      "I'd like to refactor {what} in {lang}. The trouble is that {smell}. Where would you start?",
      "How do I clean up {what}? It's {lang}, and {smell}.",
      "Could you review my plan to restructure {what}? Problem: {smell}.",
      "We have {what} in our {lang} code base. What's the safest way to improve it {when}?",
      "Can you suggest a better design for {what}? Right now {smell}.",
      "My reviewer rejected my pull request because of {what}. She says {smell}. What does she expect?",
      "Is it worth refactoring {what} {when}, or should we rewrite it?",
      "Please show me how to simplify {what}. Language: {lang}.",
      "I inherited {what}. {^smell}, and I have to extend it {when}. Any advice?",
    ],
    terse: [
      "refactor {what} {lang}",
      "clean code {what}",
      "{what}, how to improve",
      "{lang} refactoring {when}",
    ],
    details: [
      "There are hardly any tests.",
      "Two of us work on it, part-time.",
      "My manager wants to see a benefit.",
      "It runs in production and must not break.",
      "I've read a book about it, but the examples were tiny.",
    ],
    replies: [
      "I would {move}. Then {gain}.",
      "The core issue is that {smell}. A small first step: {move}. You'll see the benefit at once, because {gain}.",
      "Do it in commits that each leave the tests green:\n1. Rename things until they say what they do.\n2. {^move}.\n3. Delete what nobody uses.\n\nThe reward: {gain}.",
      "Not a rewrite, please. {^move}. That takes a day, not a month, and {gain}.",
    ],
    tips: [
      "Keep refactoring and behaviour changes in separate commits.",
      "Let your editor do the renames.",
      "Stop when it is good enough for the next feature.",
    ],
    followUps: [
      [
        "How do I convince my team?",
        'Show one change that became easier. "{^gain}" is an argument; "clean" is not.',
      ],
      [
        "Could you give me an example in {lang}?",
        "Picture two files: one with pure functions that take values and return values, one with the calls to the outside. To get there, {move}.",
      ],
      [
        "What about performance?",
        "Measure before and after. In most cases the difference is noise; where it isn't, you will know exactly which function to tune.",
      ],
      [
        "How small should the functions be?",
        'Small enough that the name tells the whole story. If you need "and" in the name, there are two of them.',
      ],
      [
        "We have no tests at all. Is that a blocker?",
        "No. Start by recording today's output for a few real inputs and compare with that after each step.",
      ],
    ],
    slips: [
      [
        "This would change the public interface, which I said we can't do.",
        "You did, sorry. Keep the old function as a thin wrapper that calls the new ones; then {gain}, and no caller notices.",
      ],
    ],
  },
};

const regex: UseCase = {
  id: "regex-pattern",
  domain: "programming",
  english: {
    scenes: [
      {
        find: "dates such as 2026-09-14",
        pattern: "\\b\\d{4}-\\d{2}-\\d{2}\\b",
        trap: "it accepts month 13",
        lang: "Python",
      },
      {
        find: "German postcodes",
        pattern: "^\\d{5}$",
        trap: "leading zeros are lost if you store it as a number",
        lang: "JavaScript",
      },
      {
        find: "everything between the first pair of quotes",
        pattern: '"(.*?)"',
        trap: "without the question mark it runs to the last quote of the line",
        lang: "grep",
      },
      {
        find: "hex colours with three or six digits",
        pattern: "^#([0-9a-f]{3})([0-9a-f]{3})?$",
        trap: "remember the flag for upper case",
        lang: "JavaScript",
      },
      {
        find: 'repeated words like "the the"',
        pattern: "\\b(\\w+)\\s+\\1\\b",
        trap: "it does not see repetitions across punctuation",
        lang: "Perl",
      },
      {
        find: "log lines that contain ERROR but not TIMEOUT",
        pattern: "^(?!.*TIMEOUT).*ERROR",
        trap: "grep needs -P for the look-ahead",
        lang: "grep",
      },
      {
        find: "numbers with thousands separators",
        pattern: "\\d{1,3}(,\\d{3})*(\\.\\d+)?",
        trap: "it also matches inside longer strings unless you anchor it",
        lang: "Java",
      },
      {
        find: "file names that end in .jpg or .jpeg",
        pattern: "\\.jpe?g$",
        trap: "the dot must be escaped",
        lang: "Bash",
      },
      {
        find: "hashtags in a tweet",
        pattern: "#\\w+",
        trap: "letters with accents need the Unicode flag",
        lang: "JavaScript",
      },
    ],
    slots: {
      use: [
        "validating a form",
        "a search-and-replace in my editor",
        "a data import",
        "filtering log files",
        "a homework assignment",
        "renaming files",
      ],
    },
    requests: [
      "Can you write a regex that matches {find}? It's for {use}.",
      "I need a regular expression in {lang} for {find}.",
      "What's wrong with my regex? It should find {find}, but it matches too much.",
      "How do I match {find} with {lang}? I always get regular expressions wrong.",
      "Could you explain a pattern for {find}, character by character?",
      "Please give me a regex for {find} and tell me which cases it misses.",
      "For {use} I want to find {find}. Is a regex the right tool?",
      "My pattern for {find} works in an online tester but not in {lang}. Why?",
      "Looking for the simplest regex that catches {find} ({lang}).",
    ],
    terse: ["regex {find}", "{lang} regex {find}", "regexp for {find} {use}", "match {find}"],
    details: [
      "Readability matters more to me than perfection.",
      "The input is messy.",
      "It runs over a few million lines.",
      "I only need it once.",
      "My colleague's version is four lines long, there must be something simpler.",
    ],
    replies: [
      "Try `{pattern}`. One trap: {trap}.",
      "For {find} this does it: `{pattern}`. Be careful, {trap}.",
      "`{pattern}`\n\nRead it from left to right: each part stands for one piece of what you are after, and the rest must match literally. Known limit: {trap}.",
      "For {~use}, a pattern is fine: `{pattern}`. Just keep in mind that {trap}.",
    ],
    tips: [
      "Put the test cases in a comment above the pattern.",
      "If it grows beyond one line, a small parser is easier to read.",
      "Use raw strings in {lang} if it has them, or the backslashes get lost.",
    ],
    followUps: [
      [
        "How can I capture only the {first|last} part?",
        "Put that part in round brackets; it becomes group 1. Everything else may stay outside.",
      ],
      [
        "It should ignore upper and lower case.",
        "Add the i flag. In {lang} you can also pass it as an option, which reads better.",
      ],
      [
        "Does it also work over several lines?",
        "Only with the m flag, which makes ^ and $ match at every line. Without it, they match at the ends of the whole text.",
      ],
      [
        "Is that fast enough for big files?",
        "Yes, there is nothing in it that can backtrack badly. Reading the file will take longer.",
      ],
      [
        "And the opposite, everything that does not match?",
        "Don't invert the pattern; invert the condition in {lang}. With grep that is the -v switch.",
      ],
    ],
    slips: [
      [
        "It matches an empty string too, that can't be right.",
        "You're right, a star should have been a plus. Thanks for testing it. And note that {trap}.",
      ],
    ],
  },
};

const git: UseCase = {
  id: "git-trouble",
  domain: "programming",
  trouble: true,
  english: {
    scenes: [
      {
        mess: "a commit on main that belongs on my own branch",
        goal: "move a commit to a new branch",
        cmd: "git branch feature && git reset --hard HEAD~1 && git switch feature",
        warn: "only do this if you have not pushed yet",
      },
      {
        mess: "a far too large file in a pushed commit",
        goal: "remove a large file from the history",
        cmd: "git rm --cached big.bin, commit, then git filter-repo --path big.bin --invert-paths",
        warn: "everyone else has to clone again",
      },
      {
        mess: "a merge conflict in forty files",
        goal: "start the merge over",
        cmd: "git merge --abort",
        warn: "it restores the state before the merge, nothing is lost",
      },
      {
        mess: "a deleted branch that was never merged",
        goal: "restore a deleted branch",
        cmd: "git reflog to find the commit, then git branch rescued <hash>",
        warn: "the reflog keeps it for about 90 days",
      },
      {
        mess: "a wrong message on my last commit",
        goal: "change my last commit message",
        cmd: "git commit --amend",
        warn: "if it is already pushed, you will need --force-with-lease",
      },
      {
        mess: "a detached HEAD, whatever that is",
        goal: "keep changes made on a detached HEAD",
        cmd: "git switch -c keep-my-work",
        warn: "nothing is broken, you are just not on a branch",
      },
      {
        mess: "a rebase that stopped in the middle",
        goal: "get out of a stuck rebase",
        cmd: "git rebase --abort",
        warn: "your commits are as they were before",
      },
      {
        mess: "changes that I need on another branch",
        goal: "take changes to another branch without committing",
        cmd: "git stash, git switch other, git stash pop",
        warn: "a conflict is possible if both touch the same lines",
      },
      {
        mess: "the password of a test database in a commit",
        goal: "remove a secret from the history",
        cmd: "change the password first, then rewrite the history with git filter-repo",
        warn: "treat a pushed secret as public",
      },
    ],
    slots: {
      host: ["GitHub", "GitLab", "Bitbucket", "our own server"],
      exp: [
        "I usually just use the buttons in my editor",
        "I know commit, push and pull, that's all",
        "I've used Subversion for years",
        "I'm comfortable with the command line",
      ],
    },
    requests: [
      "I've got {mess}. How do I {goal}?",
      "Help, git trouble: {mess}! I want to {goal} without losing work.",
      "What's the safe way to {goal}? The situation: {mess}.",
      "Can you tell me the commands to {goal}? We use {host}, and {exp}.",
      "I think I broke our repository on {host}: {mess}. Can this be undone?",
      "Could you explain how to {goal} in git? {^exp}.",
      "So, {mess}. My colleague is on holiday, and I need to {goal} today.",
      "How would an experienced developer {goal}? I ended up with {mess}.",
      "Git question: I have {mess} and the advice online contradicts itself. I only want to {goal}.",
    ],
    terse: ["git {goal}", "git: {mess}", "how to {goal} git", "undo {mess}"],
    details: [
      "{^exp}.",
      "I made a copy of the folder just in case.",
      "Nothing has been pushed yet, I think.",
      "There are about ten commits of other people on top.",
      "I'm a bit scared of making it worse.",
    ],
    replies: [
      "No panic. To {~goal}: `{cmd}`. And {warn}.",
      "This can be repaired. Run `git status` first, so that you know where you are. Then: `{cmd}`. Note: {warn}.",
      "Here is the sequence: `{cmd}`. {^warn}.",
      "That happens to everyone. What you want is `{cmd}`. Before you start, make a backup branch with `git branch backup`, and remember: {warn}.",
    ],
    tips: [
      "`git reflog` is your safety net for almost everything.",
      "Pull with --ff-only, and half of these situations never arise.",
      "Small commits make it far easier to untangle.",
    ],
    followUps: [
      [
        'It says "your branch and origin have diverged".',
        "That is expected after you changed history. If nobody else uses the branch: `git push --force-with-lease`. Otherwise, talk to them first.",
      ],
      [
        "What does HEAD~1 mean?",
        "HEAD is where you are, ~1 is one commit before that, ~2 two commits before, and so on.",
      ],
      [
        "Did I lose anything?",
        "Very unlikely. Whatever was committed once can be found with `git reflog`. Only changes that were never committed nor stashed can get lost.",
      ],
      [
        "How can I prevent this on {host}?",
        "Protect the main branch: no direct pushes, one approval. Then such slips stay on your own machine.",
      ],
      [
        "Merge or rebase, which one should we use?",
        "Rebase your own unpublished work, merge what others have seen. Agree on it once and write it down.",
      ],
    ],
    slips: [
      [
        "Now all of my files are gone! You said it was safe.",
        "I'm sorry for the scare. They are still in the reflog: `git reflog`, pick the line before the reset, then `git reset --hard <hash>`. I should have told you to make a backup branch first.",
      ],
    ],
  },
};

const docker: UseCase = {
  id: "docker-deployment",
  domain: "programming",
  trouble: true,
  english: {
    scenes: [
      {
        app: "a Flask app",
        problem: "the container starts and exits at once",
        why: "the main process runs in the background, so the container thinks it is done",
        fix: "start the server in the foreground in CMD",
      },
      {
        app: "a Node service",
        problem: "the image is 1.4 gigabytes",
        why: "it contains the build tools and the development dependencies",
        fix: "use a multi-stage build and copy only the result",
      },
      {
        app: "a Postgres database",
        problem: "the data is gone after every restart",
        why: "it lives in the container's own layer",
        fix: "mount a named volume at the data directory",
      },
      {
        app: "a web shop",
        problem: "the page cannot be reached from outside",
        why: "the server listens on the loopback address inside the container",
        fix: "bind to all interfaces and publish the port",
      },
      {
        app: "a front end and its API",
        problem: "one cannot find the other by name",
        why: "they are not in the same network",
        fix: "put both in the same network, then the container name is the host name",
      },
      {
        app: "a Java service",
        problem: "it is killed with exit code 137",
        why: "it used more memory than the limit",
        fix: "set the heap to about three quarters of the container's memory",
      },
      {
        app: "a scheduled job",
        problem: "it runs at the wrong hour",
        why: "containers use UTC unless told otherwise",
        fix: "write the schedule in UTC",
      },
      {
        app: "a Python worker",
        problem: "every build takes ten minutes",
        why: "the dependencies are installed again after each code change",
        fix: "copy the requirements file first and install before you copy the code",
      },
    ],
    slots: {
      env: [
        "on a small virtual server",
        "in Kubernetes",
        "on my laptop",
        "with Docker Compose",
        "in our build pipeline",
      ],
    },
    requests: [
      "I'm trying to run {app} in Docker {env}, but {problem}.",
      "Why is it that {problem}? The set-up is {app} {env}.",
      "Can you help me with Docker? I have {app}, and {problem}.",
      "Deploying {app} {env}: {problem}. What am I doing wrong?",
      "How do I fix this container issue: {problem}? The logs show nothing useful.",
      "I moved {app} into a container, and since then {problem}.",
      "What is the usual reason if {problem}? I run {app} {env}.",
      "My Dockerfile for {app} works, but {problem}. Could you suggest an improvement?",
      "Please have a look at my set-up: {app}, {env}. The symptom: {problem}.",
    ],
    terse: [
      "docker {problem}",
      "{app} docker {env}",
      "container: {problem}",
      "dockerfile {app} best practice",
    ],
    details: [
      "I'm new to containers.",
      "It works without Docker.",
      "The base image is the official one.",
      "I can't use root on that machine.",
      "We go live next {week|Tuesday|month}.",
    ],
    pastes: [
      "The log:\n\n```\n[+] Building {41.2|3.8|118.0}s ({9|12|14}/{14|15})\n => CACHED [2/6] WORKDIR /app\n => [4/6] RUN install dependencies\n => exporting layers\nstarting ...\nexited with code {0|1|137}\n```",
    ],
    replies: [
      "The usual reason: {why}. So {fix}.",
      "When {problem}, it is nearly always because {why}. {^fix}, rebuild, and it should be gone.",
      "Check with `docker logs` and `docker inspect` first. My guess is that {why}. If so, {fix}.",
      "That's a classic with {app}: {why}. The remedy is to {fix}.",
    ],
    tips: [
      "Pin the version of the base image.",
      "Add a health check, so that you notice it next time.",
      "Don't bake secrets into the image; pass them at run time.",
    ],
    followUps: [
      [
        "What would the Dockerfile look like?",
        "In outline: FROM a slim image, WORKDIR, copy the dependency file, install, copy the code, a non-root user, then CMD in the list form. Beyond that, {fix}.",
      ],
      [
        "How can I look inside the running container?",
        "`docker exec -it <name> sh` opens a shell. If it has already stopped, start it with another command: `docker run -it --entrypoint sh <image>`.",
      ],
      [
        "Do I need Kubernetes for this?",
        "For {app} and a handful of users: no. Compose on one machine is easier to understand and to repair.",
      ],
      [
        "Still the same after a rebuild.",
        "Make sure that the new image is used: build with --no-cache once and compare the image ids.",
      ],
      [
        "Where should I store the configuration?",
        "In environment variables for what differs between machines, in the image for everything else.",
      ],
    ],
    slips: [
      [
        "I'm not using Compose, I told you that it's {env}.",
        "You did, sorry. The cause is the same, {why}, and you can {fix} there as well.",
      ],
    ],
  },
};

export const programming: readonly UseCase[] = [failingTest, explainError, git, refactor, regex, docker];
