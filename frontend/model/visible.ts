/** Control characters as signs of their own: nothing in a file may act on who looks at it. */
export function visible(text: string): string {
  // eslint-disable-next-line no-control-regex -- control characters are what is shown
  return text.replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f]/g, (character) =>
    character === "\u007f" ? "\u2421" : String.fromCharCode(0x2400 + character.charCodeAt(0)),
  );
}
