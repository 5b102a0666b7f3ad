/** Luhn's check (ISO/IEC 7812-1) over a string of ASCII digits. */
export function luhn(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    let digit = digits.charCodeAt(digits.length - 1 - i) - 48;
    if (i % 2 === 1) {
      digit *= 2;
      if (digit > 9) digit -= 9;
    }
    sum += digit;
  }
  return sum % 10 === 0;
}

/** Whether the digits start as a payment card of their length does (issuer ranges of the card networks). */
export function cardPrefix(digits: string): boolean {
  const n = digits.length;
  const two = Number(digits.slice(0, 2));
  const four = Number(digits.slice(0, 4));
  if (digits.startsWith("4")) return n === 13 || n === 16 || n === 19; // Visa
  if (n === 16 && ((two >= 51 && two <= 55) || (four >= 2200 && four <= 2720))) return true; // Mastercard, Mir
  if (n === 15 && (two === 34 || two === 37)) return true; // American Express
  if (n >= 14 && ((four >= 3000 && four <= 3059) || two === 36 || two === 38 || two === 39)) return true; // Diners
  if (n >= 16 && four >= 3528 && four <= 3589) return true; // JCB
  if (n >= 16 && (two === 81 || two === 82)) return true; // RuPay
  return n >= 13 && (two === 50 || (two >= 56 && two <= 69)); // Maestro, Discover, UnionPay
}

/** ISO 7064 MOD 97-10 as IBAN uses it: the first four characters go last, letters count from A = 10. */
export function ibanCheck(iban: string): boolean {
  let rest = 0;
  for (let i = 0; i < iban.length; i++) {
    const code = iban.charCodeAt((i + 4) % iban.length);
    rest = code >= 65 ? (rest * 100 + (code - 55)) % 97 : (rest * 10 + (code - 48)) % 97;
  }
  return rest === 1;
}

/** ISBN-13: prefix 978 or 979 and weights 1, 3. */
export function isbn13(digits: string): boolean {
  if (digits.length !== 13 || !/^97[89]/.test(digits)) return false;
  let sum = 0;
  for (let i = 0; i < 13; i++) sum += (digits.charCodeAt(i) - 48) * (i % 2 === 0 ? 1 : 3);
  return sum % 10 === 0;
}

/** Brazil's CPF: eleven digits, of which the last two check the others; repdigits are not issued. */
export function cpf(digits: string): boolean {
  if (digits.length !== 11 || /^(\d)\1{10}$/.test(digits)) return false;
  for (const n of [9, 10]) {
    let sum = 0;
    for (let i = 0; i < n; i++) sum += (digits.charCodeAt(i) - 48) * (n + 1 - i);
    if (((sum * 10) % 11) % 10 !== digits.charCodeAt(n) - 48) return false;
  }
  return true;
}

/** France's NIR (INSEE): thirteen digits and a key of 97 less their remainder; Corsica's 2A and 2B count as 19 and 18. */
export function nir(text: string): boolean {
  const digits = text.replace("2A", "19").replace("2B", "18");
  if (!/^[12]\d{14}$/.test(digits)) return false;
  return 97 - (Number(digits.slice(0, 13)) % 97) === Number(digits.slice(13));
}

/** The sum of the first digits, each times its weight. */
const weightedSum = (digits: string, weights: readonly number[]): number =>
  weights.reduce((sum, weight, i) => sum + weight * (digits.charCodeAt(i) - 48), 0);

/** Germany's tax id (section 139b AO): one of its first ten digits occurs two or three times; ISO 7064 MOD 11,10. */
export function steuerId(digits: string): boolean {
  if (!/^[1-9]\d{10}$/.test(digits)) return false;
  const distinct = new Set(digits.slice(0, 10)).size;
  if (distinct !== 9 && distinct !== 8) return false;
  let product = 10;
  for (let i = 0; i < 10; i++) product = (((digits.charCodeAt(i) - 48 + product) % 10 || 10) * 2) % 11;
  return (11 - product) % 10 === digits.charCodeAt(10) - 48;
}

/** Turkey's kimlik number (NVI): the tenth digit checks odd against even places, the eleventh the sum. */
export function kimlik(digits: string): boolean {
  if (!/^[1-9]\d{10}$/.test(digits)) return false;
  const tenth = weightedSum(digits, [7, -1, 7, -1, 7, -1, 7, -1, 7]);
  const sum = weightedSum(digits, [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]);
  return ((tenth % 10) + 10) % 10 === digits.charCodeAt(9) - 48 && sum % 10 === digits.charCodeAt(10) - 48;
}

/** Poland's PESEL (act of 24 September 2010): a date whose month tells the century, weights 1, 3, 7, 9. */
export function pesel(digits: string): boolean {
  if (!/^\d\d(?:[02468][1-9]|[13579][0-2])(?:0[1-9]|[12]\d|3[01])\d{5}$/.test(digits)) return false;
  return weightedSum(digits, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1]) % 10 === 0;
}

/** Sweden's personnummer (Skatteverket, SKV 704): Luhn over the last ten digits; days from 61 are coordination numbers. */
export function personnummer(digits: string): boolean {
  const ten = digits.slice(-10);
  return /^\d\d(?:0[1-9]|1[0-2])(?:[06][1-9]|[1278]\d|[39][01])\d{4}$/.test(ten) && luhn(ten);
}

/** Values of odd places of a codice fiscale by letter or digit (decree of 23 December 1976). */
const ODD_PLACES = [
  1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23,
];

/** Italy's codice fiscale: sixteen characters in capitals, the last checks the others. */
export function codiceFiscale(text: string): boolean {
  let sum = 0;
  for (let i = 0; i < 15; i++) {
    const code = text.charCodeAt(i);
    const value = code >= 65 ? code - 65 : code - 48;
    sum += i % 2 === 0 ? (ODD_PLACES[value] ?? 0) : value;
  }
  return 65 + (sum % 26) === text.charCodeAt(15);
}

/** Spain's DNI and NIE: the letter is the number's remainder by 23; X, Y, Z stand for a leading 0, 1, 2. */
export function dni(text: string): boolean {
  const digits = text.slice(0, -1).replace(/^[XYZ]/, (letter) => String("XYZ".indexOf(letter)));
  return "TRWAGMYFPDXBNJZSQVHLCKE"[Number(digits) % 23] === text.slice(-1);
}
