import type { UseCase } from "../script.ts";

const spreadsheet: UseCase = {
  id: "spreadsheet-formula",
  domain: "data_analysis",
  english: {
    scenes: [
      {
        task: "add up sales only for the region North",
        formula: '=SUMIF(B:B;"North";D:D)',
        how: "B holds the region, D the amount",
        catch: "a stray space after the name breaks the match",
      },
      {
        task: "look up the price of an article in another sheet",
        formula: '=XLOOKUP(A2;Prices!A:A;Prices!C:C;"not found")',
        how: "A2 is the article number",
        catch: "numbers stored as text are never found",
      },
      {
        task: "count how many rows are overdue",
        formula: '=COUNTIFS(E:E;"<"&TODAY();F:F;"open")',
        how: "E holds the due date, F the status",
        catch: "dates that are really text are ignored",
      },
      {
        task: "split first and last names into two columns",
        formula: '=TEXTSPLIT(A2;" ")',
        how: "it spills into the cells on the right",
        catch: "double names need a decision",
      },
      {
        task: "find duplicates in a list of customers",
        formula: "=COUNTIF(A:A;A2)>1",
        how: "use it as a rule for conditional formatting",
        catch: "upper and lower case count as equal",
      },
      {
        task: "get the last day of each month",
        formula: "=EOMONTH(A2;0)",
        how: "format the result as a date",
        catch: "without a date format you see a number such as 46295",
      },
      {
        task: "calculate the average without zeros",
        formula: '=AVERAGEIF(C2:C50;"<>0")',
        how: "C2:C50 is your range",
        catch: "empty cells are left out anyway",
      },
      {
        task: "show a letter grade for a score",
        formula: '=IFS(B2>=90;"A";B2>=80;"B";B2>=70;"C";TRUE;"D")',
        how: "the first true condition wins",
        catch: "the order has to go from high to low",
      },
      {
        task: "compare two columns and mark the differences",
        formula: "=A2<>B2",
        how: "as a conditional formatting rule",
        catch: "invisible spaces count as differences, so wrap both in TRIM",
      },
    ],
    slots: {
      app: ["Excel", "Google Sheets", "LibreOffice Calc", "Excel 2016", "Excel on a Mac"],
      size: [
        "about 40,000 rows",
        "a small list",
        "twelve monthly sheets",
        "a file that five people edit",
        "an export from our shop",
      ],
      seen: ["#N/A", "#VALUE!", "0 everywhere", "#REF!", "#SPILL!"],
    },
    requests: [
      "What formula do I need in {app} to {task}?",
      "I want to {task} in {app}. Can you write the formula and explain it?",
      "How can I {task}? It's {size} in {app}.",
      "I've tried to {task}, but {app} shows {seen}. What's wrong?",
      "Please help me {task}. My data is {size}.",
      "Is there a way to {task} in {app} without a macro?",
      "My formula worked last month, now I only get {seen}. I use it to {task}.",
      "Could you show me the easiest way to {task} in {app}? I'm no expert.",
      "For my monthly report I have to {task}, and I do it by hand each time. There must be a formula for that?",
      "I need to {task} across {size}. {^app}, English function names.",
    ],
    terse: ["{app} {task}", "{app} formula {task}", "{seen} {app} {task}", "how to {task} {app}"],
    details: [
      "The file is {size}.",
      "At the moment I get {seen}.",
      "The headings are in row 1.",
      "My colleague used a pivot table, but it doesn't update.",
      "I'd like to understand it, too.",
      "Our separator is the semicolon.",
    ],
    replies: [
      "Use this:\n\n{formula}\n\nHere, {how}. Careful: {catch}.",
      "To {task}, enter {formula} and copy it down. ({^how}.) If the result looks odd, remember that {catch}.",
      "{^app} can do that with {formula}. How to read it: {how}. The usual stumbling block: {catch}.",
      "Here you go: {formula}. Depending on your settings, the separator is a comma. And {catch}.",
    ],
    tips: [
      "Turn the range into a table, then the formula grows with it.",
      "Try it on five rows first.",
      "If you use a comma as the separator, replace the semicolons.",
    ],
    followUps: [
      [
        "It returns {seen}.",
        "That usually means that {catch}. Check one cell with =ISTEXT() and one with =LEN().",
      ],
      [
        "Can it do that for several conditions at once?",
        "Yes. The functions that end in S (SUMIFS, COUNTIFS) take pairs of range and condition, as many as you like.",
      ],
      [
        "My version doesn't have that function.",
        "Then use the older way: INDEX with MATCH does nearly everything, or a helper column that you hide.",
      ],
      [
        "Great! And how do I lock the range when I copy it?",
        "With dollar signs: $B$2:$B$50 stays, B2:B50 moves along. F4 switches between them.",
      ],
      [
        "Could I make a chart from that?",
        "Mark the result with its headings and insert a column chart. If the file grows, base it on a table.",
      ],
      [
        "It's painfully slow.",
        "Limit the columns: B2:B40000 in place of B:B. And avoid functions that recalculate all the time, like TODAY, in every row; put it in one cell.",
      ],
    ],
    slips: [
      [
        "That formula gives me a syntax error in {app}.",
        "Sorry, the separators: some settings want commas. {formula} with commas instead of semicolons should work.",
      ],
      [
        "I get the wrong total, I checked it with a calculator.",
        "Then some cells are text, my formula skips them. {^catch}. Convert the column to numbers first, and sorry for not mentioning it.",
      ],
    ],
  },
};

const sql: UseCase = {
  id: "write-sql-query",
  domain: "data_analysis",
  english: {
    scenes: [
      {
        want: "the ten customers with the highest revenue this year",
        sql: "SELECT customer_id, SUM(amount) AS revenue FROM orders WHERE ordered_at >= DATE '2026-01-01' GROUP BY customer_id ORDER BY revenue DESC LIMIT 10;",
        idea: "group first, then sort",
      },
      {
        want: "customers who have never ordered",
        sql: "SELECT c.id FROM customers c LEFT JOIN orders o ON o.customer_id = c.id WHERE o.id IS NULL;",
        idea: "the left join keeps those without a match",
      },
      {
        want: "the running total per month",
        sql: "SELECT month, SUM(total) OVER (ORDER BY month) FROM monthly_sales;",
        idea: "a window function adds up as it goes",
      },
      {
        want: "the latest row per device",
        sql: "SELECT DISTINCT ON (device_id) * FROM readings ORDER BY device_id, read_at DESC;",
        idea: "sort by time and keep the first one",
      },
      {
        want: "duplicates by e-mail",
        sql: "SELECT email, COUNT(*) FROM users GROUP BY email HAVING COUNT(*) > 1;",
        idea: "HAVING filters after grouping",
      },
      {
        want: "orders of the last 30 days without a payment",
        sql: "SELECT o.id FROM orders o WHERE o.ordered_at > now() - interval '30 days' AND NOT EXISTS (SELECT 1 FROM payments p WHERE p.order_id = o.id);",
        idea: "NOT EXISTS is clearer than NOT IN",
      },
      {
        want: "the share of each product in total sales",
        sql: "SELECT product, SUM(amount) / SUM(SUM(amount)) OVER () AS share FROM sales GROUP BY product;",
        idea: "the empty window is the grand total",
      },
      {
        want: "the median delivery time",
        sql: "SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY delivered_at - shipped_at) FROM parcels;",
        idea: "the median does not mind outliers",
      },
    ],
    slots: {
      db: ["Postgres", "MySQL", "SQLite", "BigQuery", "SQL Server", "Snowflake"],
      issue: [
        "my query takes four minutes",
        "I get every row twice",
        "the numbers don't match the dashboard",
        "it says the column must appear in GROUP BY",
      ],
    },
    requests: [
      "Can you write an SQL query that returns {want}? We use {db}.",
      "How do I get {want} in {db}?",
      "I need {want} for a report. My attempt doesn't work: {issue}.",
      "What's wrong with my join? I want {want}, but {issue}.",
      "Please explain how to find {want} with SQL, step by step.",
      "In {db}, is there a better way to select {want}? {^issue}.",
      "My manager wants to see {want} by noon. Which query gives me that?",
      "Could you turn this into SQL: {want}?",
      "I'm learning SQL and the exercise is to list {want}. Any hint?",
    ],
    terse: ["sql {want}", "{db} query {want}", "select {want}", "{db}: {issue}"],
    details: [
      "The tables are called customers and orders.",
      "At the moment {issue}.",
      "There are about six million rows.",
      "I only have read access.",
      "Indexes exist on the ids.",
    ],
    pastes: [
      "The tables:\n\ncustomers(id, name, country, created_at)\norders(id, customer_id, ordered_at, amount, status)\npayments(id, order_id, paid_at, amount)\n\nWhat I have so far:\n\nSELECT *\nFROM orders o\nJOIN customers c ON c.id = o.customer_id\nWHERE o.status = 'open'",
    ],
    replies: [
      "```sql\n{sql}\n```\nThe idea: {idea}.",
      "For {want}:\n\n{sql}\n\nIn words: {idea}. In {db} the date functions may look a bit different.",
      "{^idea}, that's the whole trick:\n\n```sql\n{sql}\n```",
      "If {~issue}, look at the join keys first. To get {want}, I'd write:\n\n{sql}",
    ],
    tips: [
      "Run it with LIMIT 20 first.",
      "EXPLAIN shows whether the index is used.",
      "Give the result columns names that the report can use.",
    ],
    followUps: [
      [
        "How can I filter by year?",
        "Add a condition on the date column, as a range: from 1 January up to, but not including, the next 1 January. That way an index still helps.",
      ],
      [
        "It runs for ages.",
        "Check with EXPLAIN. Most often an index on the join column or on the date is missing, or a function around the column prevents its use.",
      ],
      [
        "Could you explain the part in the middle?",
        "Gladly: {idea}. Run only that part and look at the rows, then it becomes clear.",
      ],
      [
        "Can I save that as a view?",
        "Yes: CREATE VIEW name AS, followed by the query. Just remember that it's computed each time.",
      ],
    ],
    slips: [
      [
        "{^db} doesn't know that function.",
        "Sorry, I wrote it for another dialect. The idea stays the same, {idea}; use a subquery with ROW_NUMBER() where the function is missing.",
      ],
    ],
  },
};

const stats: UseCase = {
  id: "choose-statistical-test",
  domain: "data_analysis",
  english: {
    scenes: [
      {
        study: "two versions of a sign-up page",
        data: "clicks yes or no",
        test: "a two-proportion test",
        why: "you compare two shares",
      },
      {
        study: "blood pressure before and after a diet",
        data: "two values per person",
        test: "a paired t-test",
        why: "each person is their own control",
      },
      {
        study: "satisfaction in three stores",
        data: "ratings from 1 to 5",
        test: "Kruskal-Wallis",
        why: "ratings are ordered but not really numbers",
      },
      {
        study: "height and salary",
        data: "two numbers per person",
        test: "a correlation, with a scatter plot first",
        why: "you ask whether they move together",
      },
      {
        study: "reaction times of two groups",
        data: "skewed times in milliseconds",
        test: "a Mann-Whitney test, or a t-test on the logarithms",
        why: "the tail would pull the mean",
      },
      {
        study: "preference for tea or coffee by age group",
        data: "counts in a table",
        test: "a chi-squared test",
        why: "both variables are categories",
      },
      {
        study: "plant growth under four lights",
        data: "centimetres after six weeks",
        test: "a one-way ANOVA with a post-hoc test",
        why: "there are more than two groups",
      },
    ],
    slots: {
      n: ["24 people", "12 per group", "about 3,000 visitors", "61 answers", "200 rows"],
      tool: ["R", "Python", "SPSS", "Excel", "JASP"],
    },
    requests: [
      "Which statistical test do I use for {study}? The data are {data}, n = {n}.",
      "I'm comparing {study}. Is a t-test right?",
      "How do I analyse {study} in {tool}? I have {data}.",
      "My supervisor asked why I didn't use another test for {study}. What would be correct?",
      "Is {n} enough for {study}?",
      "Can you explain what a p-value means for {study}?",
      "What do I do if the data ({data}) are not normally distributed? It's about {study}.",
      "Please help me report the result of {study} in APA style.",
      "For my thesis I look at {study}, with {data}. Which test, and why?",
    ],
    terse: ["which test {study}", "{data} test {tool}", "{study} significance n={n}", "p-value {study}"],
    details: [
      "The sample is {n}.",
      "I work with {tool}.",
      "A few values are missing.",
      "I had statistics years ago and forgot everything.",
      "The deadline is on Monday.",
    ],
    replies: [
      "Take {test}, since {why}.",
      "With {data}, the natural choice is {test}: {why}. In {tool} that's one line.",
      "Ask yourself three things: how many groups, what kind of values, and paired or not. For {study} that leads to {test}, because {why}.",
      "For {study} I'd use {test}. Report the effect with its interval as well; with {n}, the p-value alone says little.",
    ],
    tips: [
      "Plot the data before you test anything.",
      "Decide on the test before looking at the result.",
      "If you run several tests, correct for it.",
    ],
    followUps: [
      [
        "The p-value is 0.06. Is that significant?",
        "Not at the usual level, but don't treat 0.05 as a cliff. Report the effect, the interval and the exact value.",
      ],
      [
        "How do I write that up?",
        '"We used {test}. The difference was X (95% CI from Y to Z), p = ..." One sentence on the data, one on the result.',
      ],
      [
        "What does the confidence interval tell me?",
        "The range of effects that fit your data well. If it's wide, you know little, whatever the p-value.",
      ],
      [
        "Do I have to remove the outliers?",
        "Only if you can show that they are errors. Otherwise, run it with and without them and report both.",
      ],
    ],
    slips: [
      [
        "You called the data independent, but it's the same people twice.",
        "You're right, I overlooked that, my mistake. With repeated measures you need the paired version.",
      ],
    ],
  },
};

const cleanData: UseCase = {
  id: "clean-csv-data",
  domain: "data_analysis",
  english: {
    scenes: [
      {
        dirt: "dates in three different formats",
        code: "pd.to_datetime(df['date'], format='mixed', dayfirst=True)",
        check: "that no day and month were swapped",
      },
      {
        dirt: "prices with commas and euro signs",
        code: "df['price'].str.replace(r'[^0-9,]', '', regex=True).str.replace(',', '.').astype(float)",
        check: "the sum against the original",
      },
      {
        dirt: "the same city spelled in five ways",
        code: "df['city'].str.strip().str.title().replace(mapping)",
        check: "value_counts before and after",
      },
      {
        dirt: "missing values written as -999",
        code: "pd.read_csv(path, na_values=[-999])",
        check: "how many there are per column",
      },
      {
        dirt: "umlauts that turned into question marks",
        code: "pd.read_csv(path, encoding='cp1252')",
        check: "a row that contains one",
      },
      {
        dirt: "duplicate rows that differ only in upper and lower case",
        code: "df.assign(key=df['email'].str.lower()).drop_duplicates('key')",
        check: "which of the two you keep",
      },
      {
        dirt: "a header that is repeated every 500 rows",
        code: "df[df['id'] != 'id']",
        check: "the types afterwards",
      },
      {
        dirt: "several values crammed into one cell",
        code: "df.assign(tag=df['tags'].str.split(';')).explode('tag')",
        check: "the number of rows",
      },
    ],
    slots: {
      src: [
        "an export from our CRM",
        "a survey tool",
        "a government open data portal",
        "a sensor",
        "seven Excel files glued together",
        "a web shop",
      ],
      rows: ["80,000 rows", "about two million lines", "1,200 rows", "40 files"],
    },
    requests: [
      "How do I clean a CSV with {dirt}? I use pandas.",
      "My data from {src} has {dirt}. Can you help me fix that?",
      "I have {rows} with {dirt}. What's the quickest way in Python?",
      "Could you write a pandas snippet that handles {dirt}?",
      "What should I do about {dirt} before I analyse the data?",
      "The file comes from {src}, and there are {dirt}. It breaks my script.",
      "Please review my approach to cleaning {rows}: the problem is {dirt}.",
      "Is there a tool for {dirt} that doesn't require programming? Source: {src}.",
      "Every month I get {src} with {dirt}, and I fix it by hand. How could I automate that?",
    ],
    terse: ["pandas {dirt}", "csv {dirt}", "clean {dirt} python", "{src} {dirt} fix"],
    details: [
      "It's {rows}.",
      "The source is {src}.",
      "I must not change the original.",
      "Excel makes it worse.",
      "I'm okay with Python but not great.",
    ],
    pastes: [
      "A few rows:\n\nid;date;city;price\n1;03.09.2026;Berlin;12,50\n2;2026-09-04;berlin ;€ 9,00\n3;09/05/26;Köln;-999\n3;09/05/26;KÖLN;-999",
    ],
    replies: [
      "One line does it:\n\n```python\n{code}\n```\nAfterwards, check {check}.",
      "For {dirt} I'd use `{code}`. Always check {check}.",
      "Keep the raw file, read everything as text, and convert column by column: `{code}`. Then look at {check}.",
      "That's typical of {~src}. Try `{code}` and compare {check}.",
    ],
    tips: [
      "Put the steps in one function so that you can repeat it next month.",
      "Count the rows before and after every step.",
      "Write down each assumption in a comment.",
    ],
    followUps: [
      [
        'It says "could not convert string to float".',
        "There is still something in there. Show the culprits: filter the rows where pd.to_numeric(..., errors='coerce') gives NaN.",
      ],
      [
        "How do I do that for all of the files?",
        "Loop over pathlib.Path('data').glob('*.csv'), clean each one with the same function, and put them together with pd.concat.",
      ],
      [
        "The memory isn't enough.",
        "Read it in chunks (chunksize=100_000) or use Polars in lazy mode, which reads only what it needs.",
      ],
      [
        "And the rows that can't be repaired?",
        "Save them in a separate file with the reason. Dropping them silently comes back to bite you.",
      ],
    ],
    slips: [
      [
        "Half of my rows are gone after that.",
        "I'm sorry, that line drops everything that can't be parsed. Look at what was lost first, and check {check}.",
      ],
    ],
  },
};

const chart: UseCase = {
  id: "make-a-chart",
  domain: "data_analysis",
  english: {
    scenes: [
      {
        show: "monthly sales of five products",
        best: "small multiples, one line chart per product",
        avoid: "five lines in one colourful tangle",
      },
      {
        show: 'survey answers from "strongly agree" to "strongly disagree"',
        best: "a stacked bar centred on neutral",
        avoid: "five pie charts",
      },
      { show: "how our costs are made up", best: "a sorted bar chart", avoid: "a 3D pie" },
      {
        show: "the change between two years for twelve regions",
        best: "a slope chart",
        avoid: "two bar charts side by side",
      },
      {
        show: "the age distribution of our members",
        best: "a histogram with bins of five years",
        avoid: "a single average",
      },
      {
        show: "the relation between price and rating",
        best: "a scatter plot with transparent points",
        avoid: "a line through everything",
      },
      { show: "progress towards a target", best: "one bar with a marker", avoid: "a speedometer" },
    ],
    slots: {
      tool: ["Excel", "matplotlib", "Tableau", "Google Sheets", "ggplot2", "Power BI"],
      for: [
        "the board",
        "a scientific poster",
        "our annual report",
        "a blog post",
        "a class of fourteen-year-olds",
      ],
    },
    requests: [
      "What's the best chart to show {show}?",
      "How do I visualise {show} in {tool}?",
      "I have to present {show} to {for}. Which kind of chart would you choose?",
      "My chart of {show} looks cluttered. How can I improve it? I use {tool}.",
      "Can you help me make a graph with {tool}? It should show {show}.",
      "Is a pie chart okay for {show}?",
      "Please suggest colours and labels for a chart that shows {show}, for {for}.",
      "Could you give me {tool} instructions for a chart of {show}?",
      "{^for} won't read a table. How do I turn {show} into a picture?",
    ],
    terse: ["chart for {show}", "{tool} {show}", "visualise {show}", "best graph {show} {for}"],
    details: [
      "The audience: {for}.",
      "It has to work in black and white.",
      "I use {tool}.",
      "There's room for half a page.",
      "My boss loves pie charts, unfortunately.",
    ],
    replies: [
      "I'd use {best}. What I would avoid: {avoid}.",
      "For {~show}, {best} works best. For {~for}, add a title that states the message, not the subject.",
      "Start from the sentence that people should remember, then choose the form. Here: {best}. Please, not {avoid}.",
      "In {tool} you can build {best} in a few minutes: sort the data, drop the grid lines, label directly in place of a legend.",
    ],
    tips: [
      "One accent colour, the rest in grey.",
      "Start bars at zero.",
      "Print it once in black and white as a test.",
    ],
    followUps: [
      [
        "How do I label the lines directly?",
        "Add the label to the last point of each line and remove the legend. In {tool} that takes one data label per series.",
      ],
      [
        "Which colours are safe for colour-blind people?",
        "Blue and orange work for nearly everyone. Avoid red next to green, and vary the brightness as well.",
      ],
      [
        "My boss insists on a pie chart.",
        "Then at most four slices, sorted, with the numbers in them. And put {best} in the appendix.",
      ],
      [
        "What would be a good title?",
        'A full sentence with the finding: "Two of five products bring most of the growth" beats "Sales by product".',
      ],
    ],
    slips: [
      [
        "That type doesn't exist in {tool}.",
        "You're right, not by that name, sorry. You can imitate {best} with a stacked bar whose first part is transparent.",
      ],
    ],
  },
};

export const dataAnalysis: readonly UseCase[] = [spreadsheet, sql, cleanData, stats, chart];
