import { SECTIONS, type Section } from '../parse-route.ts';

/**
 * Which section of the page is in sight, and the way to the one the URL names. While panels above are still loading the
 * page grows, so the target is aimed at again, until the reader moves.
 */
export function useSectionSpy(wanted: () => Section | null, loaded: () => unknown[]): { readonly here: Section } {
  let here = $state<Section>(wanted() ?? 'drift');
  let hasMoved = false;

  $effect(() => {
    const section = wanted();
    hasMoved = false;
    if (section) here = section;
    const stop = () => (hasMoved = true);
    const moves = ['wheel', 'touchmove', 'keydown', 'pointerdown'] as const;
    for (const move of moves) addEventListener(move, stop, { passive: true, once: true });
    return () => {
      for (const move of moves) removeEventListener(move, stop);
    };
  });

  $effect(() => {
    void loaded();
    const section = wanted();
    if (section && !hasMoved) document.getElementById(section)?.scrollIntoView({ block: 'start', behavior: 'instant' });
  });

  $effect(() => {
    // One section enters while another stays in sight: what is seen has to be remembered, entries tell only changes.
    const inSight = new Set<string>();
    const observer = new IntersectionObserver(
      (entries) => {
        for (const { target, isIntersecting } of entries) {
          if (isIntersecting) inSight.add(target.id);
          else inSight.delete(target.id);
        }
        here = SECTIONS.find((section) => inSight.has(section)) ?? here;
      },
      { rootMargin: '-130px 0px -70% 0px' },
    );
    for (const section of SECTIONS) {
      const element = document.getElementById(section);
      if (element) observer.observe(element);
    }
    return () => observer.disconnect();
  });

  return {
    get here() {
      return here;
    },
  };
}
