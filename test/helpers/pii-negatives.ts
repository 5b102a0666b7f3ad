import type { Faker } from "@faker-js/faker";
import type { Half } from "./pii-sentences.ts";

type Template = (faker: Faker) => string;

const n = (faker: Faker, digits: number): string =>
  faker.string.numeric({ length: digits, allowLeadingZeros: false });
const upto = (faker: Faker, max: number, min = 0): number => faker.number.int({ min, max });
const two = (faker: Faker, max: number, min = 0): string => String(upto(faker, max, min)).padStart(2, "0");
const hex = (faker: Faker, length: number): string =>
  faker.string.hexadecimal({ length, prefix: "", casing: "lower" });
const date = (faker: Faker, separator: string): string =>
  [upto(faker, 2030, 1990), two(faker, 12, 1), two(faker, 28, 1)].join(separator);
const dayFirst = (faker: Faker, separator: string): string =>
  [two(faker, 28, 1), two(faker, 12, 1), upto(faker, 2030, 1990)].join(separator);
const price = (faker: Faker): string => `${upto(faker, 99_999)}.${two(faker, 99)}`;

function isbn13(faker: Faker): string {
  const body = `978${n(faker, 9)}`;
  const sum = [...body].reduce((held, digit, i) => held + Number(digit) * (i % 2 === 0 ? 1 : 3), 0);
  return body + ((10 - (sum % 10)) % 10);
}

/** Sentences in which nothing points to a person, though it looks as if. */
const templates: Readonly<Record<Half, readonly Template[]>> = {
  a: [
    (f) =>
      `Upgrade from version ${upto(f, 20)}.${upto(f, 30)}.${upto(f, 99)} to ${upto(f, 20)}.${upto(f, 30)}.${upto(f, 999)}.${upto(f, 99)}`,
    (f) => `Chrome ${upto(f, 140, 90)}.0.${n(f, 4)}.${n(f, 3)} crashes on this page`,
    (f) =>
      `"react": "^${upto(f, 20)}.${upto(f, 20)}.${upto(f, 20)}", "vite": "~${upto(f, 9)}.${upto(f, 20)}.${upto(f, 20)}"`,
    (f) => `The total is $${upto(f, 999)},${n(f, 3)}.${two(f, 99)} including tax`,
    (f) => `Das kostet ${upto(f, 999, 1)}.${n(f, 3)},${two(f, 99)} EUR im Jahr`,
    (f) => `Le chiffre d'affaires est de ${upto(f, 99, 1)} ${n(f, 3)} ${n(f, 3)} euros`,
    (f) => `Where is my order ${n(f, 10)}? It should have shipped.`,
    (f) => `Mi pedido ${n(f, 9)} no ha llegado`,
    (f) => `Meine Bestellnummer ist ${n(f, 10)}, wann kommt das Paket?`,
    (f) => `Numéro de commande : ${n(f, 9)}`,
    (f) => `Ticket #${n(f, 8)} is still open, see also #${n(f, 5)}`,
    (f) => `Invoice INV-${upto(f, 2030, 2015)}-${n(f, 6)} is overdue`,
    (f) => `The meeting is on ${date(f, "-")} at ${two(f, 23)}:${two(f, 59)}`,
    (f) => `Termin am ${dayFirst(f, ".")} um ${two(f, 23)}:${two(f, 59)} Uhr`,
    (f) => `from ${dayFirst(f, "/")} to ${dayFirst(f, "/")} we were closed`,
    (f) => `log ${date(f, "-")}T${two(f, 23)}:${two(f, 59)}:${two(f, 59)}.${n(f, 3)}Z INFO started`,
    (f) => `timestamp ${upto(f, 1_799_999_999, 1_500_000_000)} in the log`,
    (f) => `Date.now() gave ${upto(f, 1_799_999_999, 1_500_000_000)}${n(f, 3)} here`,
    (f) => `lap times ${two(f, 59)}:${two(f, 59)}.${n(f, 3)} and ${two(f, 59)}:${two(f, 59)}.${n(f, 3)}`,
    (f) => `the city is at ${upto(f, 60)}.${two(f, 99)}, ${upto(f, 120)}.${two(f, 99)} roughly`,
    (f) => `ISBN ${isbn13(f)} please`,
    (f) => `the book ${isbn13(f)} is out of print`,
    (f) => `ISBN-10: ${n(f, 1)}-${n(f, 3)}-${n(f, 5)}-${upto(f, 9)}`,
    (f) => `Artikelnummer ${n(f, 3)}.${n(f, 3)}.${n(f, 2)} bei IKEA`,
    (f) => `part number ${n(f, 3)}-${n(f, 4)}-${n(f, 2)} does not fit`,
    (f) => `SKU ${n(f, 8)} has ${upto(f, 99)} pieces left`,
    (f) => `The ratio is ${upto(f, 99)}:${upto(f, 99)} and the odds ${upto(f, 9)}/${upto(f, 9)}`,
    (f) => `a screen of ${upto(f, 4000, 800)}x${upto(f, 3000, 600)} at ${upto(f, 16)}:${upto(f, 10)}`,
    (f) => `const timeoutMs = ${upto(f, 99)}_${n(f, 3)}; let id = items[${upto(f, 999)}].id;`,
    (f) => `git checkout ${hex(f, 7)} && git log --oneline`,
    (f) => `for (let i = 0; i < ${n(f, 7)}; i++) { total += values[i] * ${upto(f, 9)}.${n(f, 3)}; }`,
    (f) => `color: #${hex(f, 6)}; background: #${hex(f, 6)}`,
    (f) => `solve ${n(f, 4)} * ${n(f, 4)} - ${n(f, 5)} / ${n(f, 2)} = ?`,
    (f) => `${n(f, 3)} + ${n(f, 3)} + ${n(f, 4)} = ${n(f, 4)}`,
    (f) => `sqrt(${n(f, 8)}) is about ${n(f, 4)}.${n(f, 6)}`,
    (f) => `pi is 3.14159265358979 and e is 2.${n(f, 12)}`,
    (f) => `The population was ${n(f, 7)} in ${upto(f, 2024, 1950)}`,
    (f) => `It returned ${n(f, 8)} rows in ${n(f, 4)} ms`,
    (f) => `the file is ${n(f, 9)} bytes, which is ${n(f, 3)} MB`,
    (f) => `the string has ${n(f, 7)} characters and the context ${n(f, 6)} tokens`,
    (f) => `page ${n(f, 3)}-${n(f, 3)}, volume ${upto(f, 99)}(${upto(f, 12)})`,
    (f) => `doi ${upto(f, 10)}.${n(f, 4)} and arXiv:${n(f, 4)}.${n(f, 5)}`,
    (f) =>
      `the years ${upto(f, 2024, 1950)} ${upto(f, 2024, 1950)} ${upto(f, 2024, 1950)} ${upto(f, 2024, 1950)} were warm`,
    (f) =>
      `scores: ${upto(f, 99)} ${upto(f, 99)} ${upto(f, 99)} ${upto(f, 99)} ${upto(f, 99)} ${upto(f, 99)}`,
    (f) => `| ${price(f)} | ${price(f)} | ${price(f)} | ${price(f)} |`,
    (f) => `GB${two(f, 99)} ABCD is a model, DE${two(f, 99)} ${n(f, 4)} is not an account`,
    (f) => `model number FR${two(f, 99)}${n(f, 6)}X is discontinued`,
    (f) => `the chip STM32F${n(f, 3)}C8T6 with ${n(f, 3)} kB`,
    (f) => `std::chrono::seconds(${upto(f, 99)}) and a::b::c${upto(f, 9)}`,
    (f) => `the mask 255.255.${f.helpers.arrayElement(["0", "240", "255"])}.0 on 127.0.0.${upto(f, 9)}`,
    (f) => `see section ${upto(f, 9)}.${upto(f, 9)}.${upto(f, 9)}.${upto(f, 19)} of the manual`,
    (f) => `Look at https://www.${f.helpers.arrayElement(["python", "mozilla", "wikipedia"])}.org for more`,
    (f) => `email us, phone us, or write: the form on page ${upto(f, 99)} works`,
    (f) =>
      `@media (min-width: ${n(f, 3)}px) { margin: ${upto(f, 9)}px ${upto(f, 9)}px ${upto(f, 9)}px ${upto(f, 9)}px }`,
    (f) => `@decorator(${upto(f, 9)}) def run(self): return self.retries @ ${upto(f, 9)}`,
    (f) => `the token limit is ${n(f, 6)} and the password field has ${upto(f, 99)} characters`,
    (f) => `const apiKey = process.env.API_KEY_${upto(f, 9)}; password = getPassword()`,
    (f) =>
      `iPhone ${upto(f, 16, 5)} Pro ${f.helpers.arrayElement(["128", "256", "512"])} GB for ${n(f, 3)}.99`,
    (f) => `バージョン${upto(f, 9)}.${upto(f, 9)}、価格は${n(f, 5)}円、注文番号${n(f, 8)}です`,
    (f) => `Sipariş numaram ${n(f, 9)}, ${upto(f, 31, 1)} gün oldu`,
    (f) => `Zamówienie nr ${n(f, 9)} z dnia ${dayFirst(f, ".")}`,
    (f) => `Bestelling ${n(f, 9)} kost ${upto(f, 999)},${two(f, 99)} euro`,
    (f) => `Ordernummer ${n(f, 8)}, pris ${upto(f, 9)} ${n(f, 3)} kr`,
    (f) => `Ordine n. ${n(f, 9)} del ${dayFirst(f, "/")}`,
    (f) => `O pedido ${n(f, 9)} custou R$ ${upto(f, 9)}.${n(f, 3)},${two(f, 99)}`,
  ],
  b: [
    (f) =>
      `pip install numpy==${upto(f, 2)}.${upto(f, 30)}.${upto(f, 9)} torch==${upto(f, 2)}.${upto(f, 9)}.${upto(f, 9)}+cu${n(f, 3)}`,
    (f) =>
      `Windows build ${upto(f, 11, 10)}.0.${n(f, 5)}.${n(f, 4)} and driver ${upto(f, 40)}.0.${n(f, 3)}.${n(f, 4)}`,
    (f) => `Our revenue went from ${n(f, 7)} to ${n(f, 8)} last quarter`,
    (f) => `Salary: ${n(f, 3)},${n(f, 3)} per year, bonus ${n(f, 2)},${n(f, 3)}`,
    (f) => `Rs ${upto(f, 9, 1)},${n(f, 2)},${n(f, 3)} or ${upto(f, 9, 1)} lakh`,
    (f) => `tracking number ${n(f, 10)} has not moved in ${upto(f, 9)} days`,
    (f) => `case no. ${upto(f, 2030, 2000)}-${n(f, 5)} was closed`,
    (f) => `Rechnung Nr. ${n(f, 9)} vom ${dayFirst(f, ".")} über ${n(f, 3)},${two(f, 99)} €`,
    (f) => `Facture n° ${upto(f, 2030, 2010)}-${n(f, 5)} du ${dayFirst(f, "/")}`,
    (f) => `born in the ${upto(f, 20, 17)}th century, around ${upto(f, 1900, 1400)}-${upto(f, 1999, 1901)}`,
    (f) => `cron ${upto(f, 59)} ${upto(f, 23)} * * ${upto(f, 6)} runs at ${two(f, 23)}:${two(f, 59)}`,
    (f) => `UTC+${two(f, 12)}:00, ${date(f, "/")} ${two(f, 23)}:${two(f, 59)}:${two(f, 59)}`,
    (f) => `epoch=${upto(f, 1_799_999_999, 1_600_000_000)} exp=${upto(f, 1_799_999_999, 1_600_000_000)}`,
    (f) => `duration ${two(f, 9)}h${two(f, 59)}m, ${n(f, 5)} steps, ${n(f, 4)} kcal`,
    (f) => `latitude ${upto(f, 80)}.${upto(f, 9)} and longitude ${upto(f, 170)}.${upto(f, 9)}`,
    (f) => `UTM ${upto(f, 60, 1)}N ${n(f, 6)}E ${n(f, 7)}N`,
    (f) => `my copy is ISBN 978-${upto(f, 9)}-${n(f, 2)}-${n(f, 6)}-${upto(f, 9)}`,
    (f) => `ISSN ${n(f, 4)}-${n(f, 4)} volume ${upto(f, 90)}`,
    (f) => `EAN on the pack, article ${n(f, 4)}-${n(f, 3)}-${n(f, 3)}, size ${upto(f, 50)}`,
    (f) => `Ersatzteil ${n(f, 2)} ${n(f, 2)} ${n(f, 1)} ${n(f, 3)} passt nicht`,
    (f) => `LEGO set ${n(f, 5)} has ${n(f, 4)} pieces, Pantone ${n(f, 3)}-${n(f, 4)}`,
    (f) => `the scale is 1:${n(f, 5)} and the aspect 2.${two(f, 99)}:1`,
    (f) => `binary ${f.string.binary({ length: 10, prefix: "" })} is ${upto(f, 1023)} in decimal`,
    (f) => `commit ${hex(f, 8)} broke it, revert to ${hex(f, 8)}`,
    (f) => `etag "${hex(f, 10)}" and chunk main.${hex(f, 8)}.js`,
    (f) => `x = [${n(f, 3)}, ${n(f, 3)}, ${n(f, 4)}, ${n(f, 3)}]; y = x[${upto(f, 3)}] ** ${upto(f, 9)}`,
    (f) => `assert fib(${upto(f, 60, 30)}) == ${n(f, 8)}`,
    (f) => `0x${hex(f, 8)} is the base address, offset 0x${hex(f, 4)}`,
    (f) => `malloc(${n(f, 5)}) returned NULL after ${n(f, 7)} calls`,
    (f) => `if (status === ${upto(f, 599, 400)}) retry(${n(f, 4)});`,
    (f) => `(${n(f, 3)} - ${n(f, 3)}) * ${n(f, 4)} / (${n(f, 2)} + ${n(f, 2)})`,
    (f) => `integrate x^${upto(f, 9)} from ${n(f, 3)} to ${n(f, 4)}, answer ${n(f, 5)}.${n(f, 3)}`,
    (f) => `1/${upto(f, 99, 3)} = 0.${n(f, 14)}`,
    (f) => `mean ${upto(f, 99)}.${n(f, 3)} ± ${upto(f, 9)}.${n(f, 3)}, p = 0.${n(f, 4)}, n = ${n(f, 4)}`,
    (f) => `${n(f, 6)} steps on ${dayFirst(f, ".")} and ${n(f, 6)} on ${dayFirst(f, ".")}`,
    (f) => `CAS ${n(f, 4)}-${n(f, 2)}-${upto(f, 9)} melts at ${n(f, 3)} °C`,
    (f) =>
      `EU directive ${upto(f, 2022, 1995)}/${n(f, 2)}/EC and regulation ${upto(f, 2022, 2010)}/${n(f, 3)}`,
    (f) => `bus ${n(f, 3)} leaves at ${two(f, 23)}.${two(f, 59)}, platform ${upto(f, 20)}`,
    (f) => `flight LH${n(f, 4)}, seat ${upto(f, 40)}A, gate B${upto(f, 60)}`,
    (f) => `NL${two(f, 99)} KPMG ${n(f, 4)} ${n(f, 4)} is how the example begins`,
    (f) => `IT${two(f, 99)}X is a shelf, ES${n(f, 4)} a lamp and PL${n(f, 4)} a drill`,
    (f) =>
      `class Foo${upto(f, 9)} extends Bar${upto(f, 9)}<T, ${upto(f, 9)}> { static readonly MAX = ${n(f, 6)}; }`,
    (f) => `docker run -p ${n(f, 4)}:${n(f, 4)} --memory ${n(f, 3)}m nginx:1.${upto(f, 27)}.${upto(f, 9)}`,
    (f) => `#include <vector> // line ${n(f, 4)}, column ${upto(f, 99)}`,
    (f) => `the key ingredient is ${n(f, 3)} g flour; the secret is ${upto(f, 9)} eggs`,
    (f) => `bearer bonds of ${n(f, 6)} dollars in ${upto(f, 2000, 1900)}`,
    (f) => `password rules: ${upto(f, 16, 8)} letters, ${upto(f, 3)} digits; pin them on page ${upto(f, 99)}`,
    (f) => `call the function ${n(f, 3)} times, it rang ${upto(f, 9)} bells`,
    (f) => `a call option with strike ${n(f, 3)}.${two(f, 99)} expiring ${date(f, "-")}`,
    (f) => `The mobile site got ${n(f, 7)} visits and ${n(f, 6)} clicks`,
    (f) => `Das Handy kostet ${n(f, 3)},${two(f, 99)} Euro und hat ${n(f, 4)} mAh`,
    (f) => `Le téléphone a ${n(f, 4)} mAh et coûte ${n(f, 3)} euros`,
    (f) => `電話は${upto(f, 9)}台、売上は${n(f, 8)}円でした`,
    (f) => `Telefon ${upto(f, 9)}.${n(f, 3)} TL, kargo ${upto(f, 99)} TL`,
    (f) => `Zapłaciłem ${upto(f, 9)} ${n(f, 3)},${two(f, 99)} zł za ${upto(f, 99)} sztuk`,
    (f) => `Het kostte € ${upto(f, 9)}.${n(f, 3)},${two(f, 99)} op ${dayFirst(f, "-")}`,
    (f) => `npm i @scope/pkg@${upto(f, 9)}.${upto(f, 9)}.${upto(f, 9)} and user@localhost`,
    (f) => `see https://github.com for the code, or http://localhost:${n(f, 4)}`,
  ],
};

/** `count` of them, the templates in turn. */
export function negatives(half: Half, faker: Faker, seed: number, count: number): string[] {
  faker.seed(seed);
  const all = templates[half];
  return Array.from({ length: count }, (_, i) => all[i % all.length]!(faker));
}
