/** Moves surrogates behind U+E000 … U+FFFF, which is where UTF-8 sorts the characters they stand for. */
function utf8Rank(codeUnit: number): number {
  if (codeUnit < 0xd800) return codeUnit;
  return codeUnit >= 0xe000 ? codeUnit - 0x2000 : codeUnit + 0x2000;
}

/**
 * Order of two strings by their UTF-8 bytes, without encoding them. It is the order of code points, of ClickHouse's
 * `ORDER BY` on strings and of `sort` in the C locale; JavaScript's own `<` compares UTF-16 units and puts emoji
 * before U+E000.
 *
 * @returns negative, 0 or positive, as `Array.prototype.sort` wants it
 *
 * @example
 * ['b', 'B', 'é'].sort(compareUtf8); // ['B', 'b', 'é']
 */
export function compareUtf8(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i += 1) {
    const left = a.charCodeAt(i);
    const right = b.charCodeAt(i);
    if (left !== right) return utf8Rank(left) - utf8Rank(right);
  }
  return a.length - b.length;
}
