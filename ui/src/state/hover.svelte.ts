/** The moment under the pointer or the keyboard cursor, so that it lights up in every chart of the page. */
class Hover {
  at = $state<number | null>(null);
}

export const hover = new Hover();
