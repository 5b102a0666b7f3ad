import type { Finding } from "./kinds.ts";

/** Characters of an address's local part and of a domain; letters of any script (RFC 6531). */
const LOCAL = /[\p{L}\p{N}._%+'&*=?^~!#$/{|}-]/u;
const DOMAIN = /[\p{L}\p{N}.-]/u;
/** RFC 5321, 4.5.3.1. */
const MAX_LOCAL = 64;
const MAX_DOMAIN = 255;

const TLD =
  "com|org|net|edu|gov|mil|int|info|biz|io|co|ai|app|dev|me|tv|xyz|online|site|shop|blog|tech|us|uk|ca|au|nz|de|at|ch|fr|be|nl|lu|es|pt|it|ie|se|no|dk|fi|is|pl|cz|sk|hu|ro|bg|gr|tr|ru|ua|il|in|pk|cn|jp|kr|tw|hk|sg|my|th|vn|id|ph|br|mx|ar|cl|pe|za|ng|ke|eg|ae|sa|eu|example|test|invalid";
const MAIL_HOST =
  /^(?:gmail|googlemail|yahoo|hotmail|outlook|live|msn|icloud|me|mac|aol|proton|protonmail|pm|gmx|web|t-online|yandex|mail|qq|163|126|zoho|fastmail|example|orange|free|laposte|libero)$/i;

/** "at" standing for the sign, bare or in brackets; what is around it is looked at by hand. */
const SPOKEN_AT = /[\s[({<]\(?at\)?[\s\])}>]/gi;
const SPOKEN_LOCAL =
  /([\p{L}\p{N}_%+-]{1,64}(?:(?:\.|\s?[[({<]dot[\])}>]\s?|\sdot\s)[\p{L}\p{N}_%+-]{1,64}){0,3})\s{0,2}[[({<]?$/iu;
const SPOKEN_DOMAIN = new RegExp(
  `^[\\])}>]?\\s{0,2}([a-z0-9-]{1,63})((?:\\s?[\\[({<]\\s?(?:dot|\\.)\\s?[\\])}>]\\s?|\\sdot\\s|\\.)(?:[a-z0-9-]{1,63}(?:\\s?[\\[({<]\\s?(?:dot|\\.)\\s?[\\])}>]\\s?|\\sdot\\s|\\.)){0,2}(?:${TLD}))(?![\\p{L}\\p{N}])`,
  "iu",
);
/** Words before "at" that announce a place, not a mailbox. */
const NOT_A_MAILBOX =
  /^(?:look|looking|looked|me|us|it|is|are|was|be|visit|found|find|up|here|online|available|hosted|live|shop|shopping|buy|bought|working|work|works|meet|arrive|arriving|stay|order|ordered|account|page|site|website)$/i;

const SCHEME_URL =
  /\b(?:https?|ftps?|sftp|ssh|wss?|s3|gs|file|git|postgres(?:ql)?|mysql|mongodb(?:\+srv)?|rediss?|amqps?|jdbc:[a-z]{2,20}):\/\/[^\s<>"'`]+/gi;
const WWW_URL = /(?<![\w.@/-])www\.[a-z0-9-]{1,63}\.[^\s<>"'`]+/gi;
/** A domain with a path but no scheme: found from the slash after its last label. */
const BARE_PATH = new RegExp(`\\.(?:${TLD})/[^\\s<>"'\`]+`, "gi");
const URL_TRAIL = /[.,;:!?)\]}*'"]{1,20}$/;
/** A service on the writer's own machine, without a path. */
const OWN_MACHINE = /^[a-z]{2,8}:\/\/(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1\])(?::\d{1,5})?\/?$/i;
/** A site as such says nothing about its visitor: scheme and host, nothing after. */
const SITE_ROOT = /^(?:https?:\/\/)?(?:www\.)?[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,3}\/?$/i;

const IPV4 = /(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?![\w]|\.\d)/g;
/** At least two colons among hexadecimal digits, then perhaps an embedded IPv4 address. */
const COLONS = /(?<![\w:.])(?:[0-9a-fA-F]{0,4}:){2}[0-9a-fA-F:]{0,39}(?:\.\d{1,3}){0,3}(?![\w:])/g;
const MAC = /^[0-9a-fA-F]{2}(?::[0-9a-fA-F]{2}){5}$/;
const VERSION_CONTEXT =
  /(?:\bv|version|ver|release|build|firmware|driver|update|chrome|section|chapter|§)[\s.:=v]{0,3}(?:\d[\d.]{0,15} (?:to|and|-|->) )?$/i;
const IP_CONTEXT = /(?:\bip|address|host|server|ping|ssh|from|connect|login|gateway|dns)\b[^\d\n]{0,16}$/i;

function emails(text: string): Finding[] {
  const findings: Finding[] = [];
  let floor = 0; // left expansion never goes back over an earlier sign: linear whatever the text
  for (let at = text.indexOf("@"); at >= 0; at = text.indexOf("@", at + 1)) {
    let start = at;
    while (start > floor && at - start < MAX_LOCAL && LOCAL.test(text[start - 1] ?? "")) start--;
    let end = at + 1;
    while (end < text.length && end - at <= MAX_DOMAIN && DOMAIN.test(text[end] ?? "")) end++;
    while (end > at + 1 && /[.-]/.test(text[end - 1] ?? "")) end--;
    while (start < at && /[.'/=!#${}|?&*]/.test(text[start] ?? "")) start++;
    const domain = text.slice(at + 1, end);
    const local = text.slice(start, at);
    const checkout = local === "git" && text[end] === ":";
    if (start < at && !checkout && /^[\p{L}\p{N}][^@]*\.[\p{L}][\p{L}\p{N}-]*$/u.test(domain)) {
      findings.push({ kind: "email", start, end });
    }
    floor = at + 1;
  }
  return findings;
}

function spokenEmails(text: string): Finding[] {
  const findings: Finding[] = [];
  for (const match of text.matchAll(SPOKEN_AT)) {
    const middle = match.index + match[0].length - 1;
    const left = SPOKEN_LOCAL.exec(text.slice(Math.max(0, match.index - 140), match.index + 1));
    const right = SPOKEN_DOMAIN.exec(text.slice(middle, middle + 220));
    if (!left?.[1] || !right?.[1] || !right[2]) continue;
    const bracketed = /[[({<]/.test(match[0]) || /[[({<]$/.test(left[0]);
    const spoken = /dot/i.test(right[2]);
    const local = left[1];
    const mailbox = /[\d._+]|\bdot\b/.test(local) || MAIL_HOST.test(right[1]);
    if (!bracketed && NOT_A_MAILBOX.test(local)) continue;
    if (!bracketed && !spoken && !mailbox) continue;
    const start = match.index + 1 - left[0].length;
    findings.push({ kind: "email", start, end: middle + right[0].length });
  }
  return findings;
}

function urls(text: string): Finding[] {
  const findings: Finding[] = [];
  const add = (start: number, raw: string): void => {
    const url = raw.replace(URL_TRAIL, "");
    if (url !== "" && !SITE_ROOT.test(url) && !OWN_MACHINE.test(url))
      findings.push({ kind: "url", start, end: start + url.length });
  };
  for (const match of text.matchAll(SCHEME_URL)) add(match.index, match[0]);
  for (const match of text.matchAll(WWW_URL)) add(match.index, match[0]);
  for (const match of text.matchAll(BARE_PATH)) {
    let start = match.index;
    while (start > 0 && match.index - start < 128 && /[A-Za-z0-9.-]/.test(text[start - 1] ?? "")) start--;
    if (start < match.index) add(start, text.slice(start, match.index) + match[0]);
  }
  return findings;
}

/** Loopback, unspecified, broadcast and net masks belong to nobody. */
const nobodys = (octets: readonly number[]): boolean =>
  octets[0] === 127 || octets[0] === 0 || octets[0] === 255 || octets.join(".") === "8.8.8.8";

function addresses4(text: string): Finding[] {
  const findings: Finding[] = [];
  for (const match of text.matchAll(IPV4)) {
    const octets = match[0].split(".").map(Number);
    if (octets.some((octet) => octet > 255) || nobodys(octets)) continue;
    const before = text.slice(Math.max(0, match.index - 32), match.index);
    if (VERSION_CONTEXT.test(before)) continue;
    // "1.2.3.4" is a version or a section more often than a host.
    if (octets.every((octet) => octet < 20) && !IP_CONTEXT.test(before)) continue;
    findings.push({ kind: "ip", start: match.index, end: match.index + match[0].length });
  }
  return findings;
}

function isAddress6(candidate: string): boolean {
  const tail = candidate.includes(".") ? 1 : 0; // an embedded IPv4 address stands for two groups
  const halves = candidate.split("::");
  if (halves.length > 2) return false;
  const groups = candidate.split(":").filter((group) => group !== "");
  if (groups.some((group) => group.length > 4 && !group.includes("."))) return false;
  if (halves.length === 1) return groups.length + tail === 8;
  // "a::b" is also how C++ and Rust write a path: ask for a digit and for length.
  const long = groups.length >= 4 || groups.some((group) => group.length === 4);
  return groups.length >= 2 && groups.length + tail < 8 && long && /\d/.test(candidate);
}

function colonAddresses(text: string): Finding[] {
  const findings: Finding[] = [];
  for (const match of text.matchAll(COLONS)) {
    const kind = MAC.test(match[0]) ? "id" : isAddress6(match[0]) ? "ip" : undefined;
    if (kind) findings.push({ kind, start: match.index, end: match.index + match[0].length });
  }
  return findings;
}

/** Mail addresses (also spelled out), URLs that say more than a site's name, IP and MAC addresses. */
export function findNetwork(text: string): Finding[] {
  return [
    ...emails(text),
    ...spokenEmails(text),
    ...urls(text),
    ...addresses4(text),
    ...colonAddresses(text),
  ];
}
