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
    const observer = new IntersectionObserver(
      (entries) => {
        const seen = SECTIONS.find((section) =>
          entries.some((entry) => entry.isIntersecting && entry.target.id === section),
        );
        if (seen) here = seen;
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
