import type { Faker } from "@faker-js/faker";

/*
 * National numbers made by the issuers' own rules. Written apart from shared/domain/masking/checksums.ts on purpose: the
 * masker is tested against these, not against itself.
 */
const digitsOf = (faker: Faker, n: number): number[] =>
  Array.from({ length: n }, () => faker.number.int({ min: 0, max: 9 }));
const weighted = (digits: readonly number[], weights: readonly number[]): number =>
  weights.reduce((sum, weight, i) => sum + weight * digits[i]!, 0);
const two = (n: number): string => String(n).padStart(2, "0");

/** US SSN: no area 000, 666 or 900 and above, no group 00, no serial 0000 (Social Security Administration). */
export function usSsn(faker: Faker): string {
  const area = faker.number.int({ min: 1, max: 899 });
  const serial = String(faker.number.int({ min: 1, max: 9999 })).padStart(4, "0");
  return `${String(area === 666 ? 667 : area).padStart(3, "0")}-${two(faker.number.int({ min: 1, max: 99 }))}-${serial}`;
}

/** UK National Insurance number (HMRC manual NIM39110). */
export function ukNino(faker: Faker): string {
  const prefix = faker.helpers.arrayElement(["AB", "CE", "JK", "LM", "PR", "SH", "WX", "YZ"]);
  const [a, b, c] = Array.from({ length: 3 }, () => two(faker.number.int({ min: 0, max: 99 })));
  const suffix = faker.helpers.arrayElement(["A", "B", "C", "D"]);
  const gap = faker.helpers.arrayElement(["", " "]);
  return [prefix, a, b, c, suffix].join(gap);
}

/** German tax id: of the first ten digits one occurs two or three times; ISO 7064 MOD 11,10 (§ 139b AO). */
export function deTaxId(faker: Faker): string {
  const pool = faker.helpers.shuffle([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  pool[9] = pool[faker.number.int({ min: 0, max: 8 })]!;
  let body = faker.helpers.shuffle(pool);
  if (body[0] === 0) body = [...body.slice(1), 0];
  if (body[0] === 0) body = [...body.slice(1), 0];
  let product = 10;
  for (const digit of body) {
    const sum = (digit + product) % 10 || 10;
    product = (sum * 2) % 11;
  }
  const id = [...body, (11 - product) % 10].join("");
  return faker.datatype.boolean() ? id : id.replace(/^(..)(...)(...)(...)$/, "$1 $2 $3 $4");
}

/** French NIR: sex, year, month, department, commune, order; key 97 - n mod 97 (INSEE). */
export function frNir(faker: Faker): string {
  const parts = [
    String(faker.number.int({ min: 1, max: 2 })),
    two(faker.number.int({ min: 0, max: 99 })),
    two(faker.number.int({ min: 1, max: 12 })),
    two(faker.number.int({ min: 1, max: 95 })),
    String(faker.number.int({ min: 1, max: 990 })).padStart(3, "0"),
    String(faker.number.int({ min: 1, max: 999 })).padStart(3, "0"),
  ];
  const key = two(97 - (Number(parts.join("")) % 97));
  return [...parts, key].join(faker.helpers.arrayElement(["", " "]));
}

/** Spanish DNI or NIE: letter by the remainder of 23 (Ministerio del Interior). */
export function esDni(faker: Faker): string {
  const foreign = faker.helpers.arrayElement(["", "", "X", "Y", "Z"]);
  const n = faker.number.int({ min: 0, max: foreign === "" ? 99_999_999 : 9_999_999 });
  const body = String(n).padStart(foreign === "" ? 8 : 7, "0");
  const value = Number((foreign === "" ? "" : String("XYZ".indexOf(foreign))) + body);
  return `${foreign}${body}${faker.helpers.arrayElement(["", "-"])}${"TRWAGMYFPDXBNJZSQVHLCKE"[value % 23]}`;
}

const ODD = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];

/** Italian codice fiscale: check letter by odd and even values (decree of 23 December 1976). */
export function itCodiceFiscale(faker: Faker): string {
  const letters = (n: number): string => faker.string.fromCharacters("BCDFGLMNPRSTVZ", n);
  const woman = faker.datatype.boolean() ? 40 : 0;
  const body = `${letters(6)}${two(faker.number.int({ min: 0, max: 99 }))}${faker.string.fromCharacters("ABCDEHLMPRST", 1)}${two(faker.number.int({ min: 1, max: 28 }) + woman)}${faker.string.fromCharacters("ABCDEFGHILM", 1)}${faker.string.numeric(3)}`;
  let sum = 0;
  for (let i = 0; i < 15; i++) {
    const code = body.charCodeAt(i);
    const value = code >= 65 ? code - 65 : code - 48;
    sum += i % 2 === 0 ? ODD[value]! : value;
  }
  return body + String.fromCharCode(65 + (sum % 26));
}

/** Dutch BSN: the eleven test with weights 9 to 2 and -1 (Logisch Ontwerp BSN). */
export function nlBsn(faker: Faker): string {
  for (;;) {
    const body = [faker.number.int({ min: 1, max: 9 }), ...digitsOf(faker, 7)];
    const check = weighted(body, [9, 8, 7, 6, 5, 4, 3, 2]) % 11;
    if (check < 10) return [...body, check].join("");
  }
}

/** Brazilian CPF: two check digits (Receita Federal). */
export function brCpf(faker: Faker): string {
  const body = digitsOf(faker, 9);
  for (const n of [10, 11]) {
    const rest =
      weighted(
        body,
        body.map((_, i) => n - i),
      ) % 11;
    body.push(rest < 2 ? 0 : 11 - rest);
  }
  const id = body.join("");
  return faker.datatype.boolean() ? id : id.replace(/^(...)(...)(...)(..)$/, "$1.$2.$3-$4");
}

/** Polish PESEL: date of birth with the century in the month, weights 1 3 7 9 (PESEL Act of 2010). */
export function plPesel(faker: Faker): string {
  const born = faker.date.birthdate({ min: 18, max: 90, mode: "age", refDate: "2025-06-01" });
  const month = born.getUTCMonth() + 1 + (born.getUTCFullYear() >= 2000 ? 20 : 0);
  const head = `${two(born.getUTCFullYear() % 100)}${two(month)}${two(born.getUTCDate())}`;
  const body = [...head].map(Number).concat(digitsOf(faker, 4));
  return [...body, (10 - (weighted(body, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3]) % 10)) % 10].join("");
}

/** Swedish personnummer: date, serial, Luhn over ten digits (Skatteverket SKV 704). */
export function sePersonnummer(faker: Faker): string {
  const born = faker.date.birthdate({ min: 18, max: 90, mode: "age", refDate: "2025-06-01" });
  const date = `${two(born.getUTCFullYear() % 100)}${two(born.getUTCMonth() + 1)}${two(born.getUTCDate())}`;
  const serial = faker.string.numeric(3);
  let sum = 0;
  [...(date + serial)].forEach((digit, i) => {
    const doubled = Number(digit) * (i % 2 === 0 ? 2 : 1);
    sum += doubled > 9 ? doubled - 9 : doubled;
  });
  const century = faker.helpers.arrayElement(["", String(Math.floor(born.getUTCFullYear() / 100))]);
  return `${century}${date}${faker.helpers.arrayElement(["-", "-", ""])}${serial}${(10 - (sum % 10)) % 10}`;
}

/** Japan's individual number: twelve digits, check digit by weights 6 5 4 3 2 7 6 5 4 3 2 (Ordinance 85 of 2014). */
export function jpMyNumber(faker: Faker): string {
  const body = digitsOf(faker, 11);
  const rest = weighted(body, [6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11;
  const id = [...body, rest <= 1 ? 0 : 11 - rest].join("");
  return faker.datatype.boolean() ? id : id.replace(/^(....)(....)(....)$/, "$1 $2 $3");
}

/** Turkish kimlik number: eleven digits, two of them check digits (NVI). */
export function trKimlik(faker: Faker): string {
  const body = [faker.number.int({ min: 1, max: 9 }), ...digitsOf(faker, 8)];
  const odd = weighted(body, [1, 0, 1, 0, 1, 0, 1, 0, 1]);
  const even = weighted(body, [0, 1, 0, 1, 0, 1, 0, 1]);
  const tenth = (((odd * 7 - even) % 10) + 10) % 10;
  return [...body, tenth, (odd + even + tenth) % 10].join("");
}
