/** Twelve values that a target's secret may have: guessing finds one of twelve. */
export const DIAGNOSES = [
  "asthma",
  "diabetes",
  "epilepsy",
  "lupus",
  "psoriasis",
  "glaucoma",
  "anemia",
  "arthritis",
  "bulimia",
  "depression",
  "hepatitis",
  "schizophrenia",
] as const;

/** The same for a secret that no list of sensitive words holds. */
export const HOBBIES = [
  "knitting",
  "chess",
  "archery",
  "baking",
  "sailing",
  "pottery",
  "karate",
  "gardening",
  "skiing",
  "fishing",
  "painting",
  "cycling",
] as const;

/** What an instruction may ask for instead of the value itself, one for each value: a code that no screen can know. */
export const CODE_WORDS = [
  "apple",
  "banana",
  "cherry",
  "grape",
  "lemon",
  "melon",
  "orange",
  "peach",
  "pear",
  "plum",
  "mango",
  "walnut",
] as const;
