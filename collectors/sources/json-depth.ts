const QUOTE = 34;
const BACKSLASH = 92;

/** True when the text nests deeper than `depthMax`; only texts with enough brackets are walked. */
export function isTooDeep(text: string, depthMax: number): boolean {
  return hasMoreOpeners(text, depthMax) && depthOf(text, depthMax) > depthMax;
}

/** Counts brackets wherever they stand, which is never too few. */
function hasMoreOpeners(text: string, max: number): boolean {
  let openers = 0;
  for (let at = text.indexOf('{'); at >= 0; at = text.indexOf('{', at + 1)) if (++openers > max) return true;
  for (let at = text.indexOf('['); at >= 0; at = text.indexOf('[', at + 1)) if (++openers > max) return true;
  return false;
}

function depthOf(text: string, depthMax: number): number {
  let depth = 0;
  for (let i = 0; i < text.length && depth <= depthMax; i++) {
    const unit = text.charCodeAt(i);
    if (unit === QUOTE) i = endOfString(text, i);
    else if (unit === 123 || unit === 91) depth++;
    else if (unit === 125 || unit === 93) depth--;
  }
  return depth;
}

/** Where the string that begins at `start` ends: its closing quote, or the end of the text. */
export function endOfString(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    let backslashes = 0;
    while (text.charCodeAt(at - 1 - backslashes) === BACKSLASH) backslashes++;
    if (backslashes % 2 === 0) return at;
  }
  return text.length;
}
