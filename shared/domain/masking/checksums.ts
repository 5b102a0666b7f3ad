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

/** France's NIR without Corsican letters: thirteen digits and a key of 97 less their remainder. */
export function nir(digits: string): boolean {
  if (digits.length !== 15 || !/^[12]/.test(digits)) return false;
  return 97 - (Number(digits.slice(0, 13)) % 97) === Number(digits.slice(13));
}

/** Spain's DNI and NIE: the letter is the number's remainder by 23; X, Y, Z stand for a leading 0, 1, 2. */
export function dni(text: string): boolean {
  const digits = text.slice(0, -1).replace(/^[XYZ]/, (letter) => String("XYZ".indexOf(letter)));
  return "TRWAGMYFPDXBNJZSQVHLCKE"[Number(digits) % 23] === text.slice(-1);
}
