import { BodyRefusal } from './body-refusal.ts';
import { endOfString } from './json-depth.ts';

export type Span = { start: number; end: number };
export type Member = Span & { key: string };

/** The elements of the array that begins at `start`, without parsing them; `end` is behind its bracket. */
export function arrayElements(text: string, start: number): { elements: Span[]; end: number } {
  const elements: Span[] = [];
  let at = skipBlank(text, start + 1);
  if (text[at] === ']') return { elements, end: at + 1 };
  for (;;) {
    const end = endOfValue(text, at);
    elements.push({ start: at, end });
    at = skipBlank(text, end);
    if (text[at] === ']') return { elements, end: at + 1 };
    if (text[at] !== ',') throw invalidJson('an array lacks a comma or its closing bracket', at);
    at = skipBlank(text, at + 1);
  }
}

/** The members of the object that begins at `start`, without parsing their values. */
export function objectMembers(text: string, start: number): { members: Member[]; end: number } {
  const members: Member[] = [];
  let at = skipBlank(text, start + 1);
  if (text[at] === '}') return { members, end: at + 1 };
  for (;;) {
    const keyEnd = text[at] === '"' ? endOfString(text, at) : text.length;
    const colon = skipBlank(text, keyEnd + 1);
    if (text[colon] !== ':') throw invalidJson('an object member lacks its name or colon', at);
    const valueStart = skipBlank(text, colon + 1);
    const end = endOfValue(text, valueStart);
    members.push({ key: text.slice(at + 1, keyEnd), start: valueStart, end });
    at = skipBlank(text, end);
    if (text[at] === '}') return { members, end: at + 1 };
    if (text[at] !== ',') throw invalidJson('an object lacks a comma or its closing brace', at);
    at = skipBlank(text, at + 1);
  }
}

export function skipBlank(text: string, from: number): number {
  let at = from;
  for (;;) {
    const unit = text.charCodeAt(at);
    if (unit !== 32 && unit !== 10 && unit !== 13 && unit !== 9) return at;
    at++;
  }
}

export function invalidJson(reason: string, at: number): BodyRefusal {
  return new BodyRefusal(400, 'INVALID_JSON', `the body is no JSON: ${reason}, at character ${at}`);
}

function endOfValue(text: string, start: number): number {
  const first = text.charCodeAt(start);
  if (first === 34) {
    const end = endOfString(text, start);
    if (end < text.length) return end + 1;
    throw invalidJson('a string does not end', start);
  }
  return first === 123 || first === 91 ? endOfNested(text, start) : endOfLiteral(text, start);
}

function endOfNested(text: string, start: number): number {
  let depth = 0;
  for (let i = start; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit === 34) i = endOfString(text, i);
    else if (unit === 123 || unit === 91) depth++;
    else if ((unit === 125 || unit === 93) && --depth === 0) return i + 1;
  }
  throw invalidJson('a bracket is not closed', start);
}

/** Numbers and words; what they say is checked when the record is parsed. */
function endOfLiteral(text: string, start: number): number {
  let at = start;
  for (; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === 44 || unit === 93 || unit === 125 || unit <= 32) break;
  }
  if (at === start) throw invalidJson('a value is missing', start);
  return at;
}
