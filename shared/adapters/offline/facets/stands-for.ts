/** What a mask token stands for, so that a masked sentence still reads as one. */
export const STANDS_FOR: Readonly<Record<string, string>> = {
  email: "an email address",
  phone: "a phone number",
  card: "a card number",
  iban: "a bank account",
  ip: "an IP address",
  key: "a secret",
  ssn: "an identity number",
  url: "a web page",
  id: "a number",
  name: "someone",
  address: "an address",
  birthdate: "a date of birth",
};
