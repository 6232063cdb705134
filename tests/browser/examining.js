// What tests/browser/examining.py asks of a page. Put into it beside axe-core; says only what is wrong.
window.examining = (() => {
  const PRESSED = "a[href], button, input:not([type=hidden]), select, textarea, summary";
  const BARS = ".topbar, .tabs, .savebar";
  const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  const isSeen = (e) => e.checkVisibility({ visibilityProperty: true });
  const shown = (e) => e.outerHTML.replace(/[0-9a-f-]{36}/g, "…").slice(0, 140);

  async function axe() {
    // What a sticky bar happens to lie over can be scrolled from under it.
    const bars = [...document.querySelectorAll(BARS)];
    for (const bar of bars) bar.style.position = "static";
    const { violations } = await window.axe.run(document, {
      runOnly: { type: "tag", values: RULES }, resultTypes: ["violations"],
    });
    for (const bar of bars) bar.style.position = "";
    return violations.flatMap(({ id, nodes }) => nodes.map(({ element, html, any }) =>
      `axe ${id}: ${(element ? shown(element) : html.slice(0, 140))} ${any[0]?.message ?? ""}`));
  }

  function width() {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const far = [...document.querySelectorAll("main *")].find((e) => {
      const { left, right } = e.getBoundingClientRect();
      return right > clientWidth + 1 || left < -1;
    });
    return [`wider than the window: ${far ? shown(far) : ""}`];
  }

  const font = async () => {
    await document.fonts.ready;
    // fonts.check() says yes of a font that nobody has declared.
    const isLoaded = ({ family, status }) => family.includes("Vazirmatn") && status === "loaded";
    return [...document.fonts].some(isLoaded) ? [] : ["not in its font"];
  };

  // Links within a sentence are as high as its lines; everything else one presses is a target.
  function targets() {
    const isInText = (e) => e.matches("a") && getComputedStyle(e).display === "inline";
    return [...document.querySelectorAll(PRESSED)]
      .filter((e) => isSeen(e) && !isInText(e) && !e.closest(".hidden, .skip"))
      .filter((e) => {
        const { width: wide, height } = e.getBoundingClientRect();
        return wide > 0 && Math.min(wide, height) < 24;
      })
      .map((e) => `small target: ${shown(e)}`);
  }

  // Each stop of the Tab key in turn: its ring is drawn, and no sticky bar lies over it.
  function focus() {
    const stops = [...document.querySelectorAll(`${PRESSED}, [tabindex="0"]`)]
      .filter((e) => isSeen(e) && !e.disabled && e.tabIndex >= 0);
    const bars = [...document.querySelectorAll(BARS)]
      .filter((bar) => isSeen(bar) && ["sticky", "fixed"].includes(getComputedStyle(bar).position));
    const found = [];
    for (const stop of stops) {
      stop.focus();
      if (document.activeElement !== stop) continue;
      const ring = getComputedStyle(stop.closest(".choice") ?? stop);
      if (ring.outlineStyle === "none" || parseFloat(ring.outlineWidth) < 2) found.push(`no focus ring: ${shown(stop)}`);
      const box = stop.getBoundingClientRect();
      // Of a text area the line with the caret has to be seen, and that is the first.
      const top = box.top, bottom = stop.matches("textarea") ? Math.min(box.bottom, top + 32) : box.bottom;
      if (bottom < 0 || top > innerHeight) found.push(`focus out of sight: ${shown(stop)}`);
      for (const bar of bars.filter((each) => !each.contains(stop))) {
        const over = bar.getBoundingClientRect();
        if (over.top < bottom - 1 && over.bottom > top + 1) found.push(`focus under .${bar.classList[0]}: ${shown(stop)}`);
      }
    }
    document.activeElement?.blur();
    return found;
  }

  const paper = () => [...document.querySelectorAll(`${BARS}, .skip, .page-actions`)]
    .filter(isSeen).map((e) => `printed: ${shown(e)}`);

  const shape = async () => [...width(), ...await font()];
  const still = async () => [...await axe(), ...await shape(), ...targets()];
  return { still, shape, focus, paper };
})();
