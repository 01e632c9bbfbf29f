// What can be measured on a page as it stands. Each function returns a list of what is
// not as it should be, in words that name the element.
"use strict";
window.look = (() => {
  const name = (e) =>
    `${e.localName}${e.id ? `#${e.id}` : ""}${e.className ? `.${e.className}` : ""}` +
    ` “${(e.textContent || e.value || "").trim().slice(0, 30)}”`;
  const unseen = (e) =>
    !e.checkVisibility({ visibilityProperty: true }) || e.closest(".skip, .hidden") !== null;
  const all = (selector) => [...document.querySelectorAll(selector)].filter((e) => !unseen(e));

  // WCAG 1.4.3, on the nearest ground that is not transparent.
  const channels = (colour) => colour.match(/[\d.]+/g).map(Number);
  const luminance = (colour) => {
    const [r, g, b] = channels(colour)
      .slice(0, 3)
      .map((c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (e) => {
    for (let at = e; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      if (colour !== "transparent" && channels(colour)[3] !== 0) return colour;
    }
    return "rgb(255, 255, 255)";
  };
  const ratio = (e, colour = getComputedStyle(e).color) => {
    const [a, b] = [luminance(colour), luminance(ground(e))];
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  };
  const hasWords = (e) =>
    e.matches("input, textarea, select") ||
    [...e.childNodes].some((n) => n.nodeType === Node.TEXT_NODE && n.data.trim());
  const contrast = (elements = all("body *")) =>
    elements
      .filter((e) => hasWords(e) && !e.closest("svg") && !unseen(e))
      .map((e) => {
        const { fontSize, fontWeight, color } = getComputedStyle(e);
        const size = parseFloat(fontSize);
        const least = size >= 24 || (size >= 18.66 && fontWeight >= 700) ? 3 : 4.5;
        return ratio(e, color) < least ? `${ratio(e, color).toFixed(2)} ${name(e)}` : "";
      })
      .filter(Boolean);

  // WCAG 1.4.10 and 1.4.12: nothing beside the window, nothing cut off.
  const reflow = () => {
    const wide = document.documentElement.clientWidth;
    const wrong = [];
    if (document.documentElement.scrollWidth > wide)
      wrong.push(`scrolls to ${document.documentElement.scrollWidth} of ${wide}`);
    for (const e of all("body *")) {
      if (e.closest(".scroll")) continue;
      const box = e.getBoundingClientRect();
      if (box.right > wide + 1 || box.left < -1) wrong.push(`sticks out: ${name(e)}`);
      const { overflowX, overflowY } = getComputedStyle(e);
      if (e.matches("input, textarea, select")) continue; // these scroll by themselves
      const cut = (overflow) => overflow === "hidden" || overflow === "clip";
      const tall = e.scrollHeight > e.clientHeight + 1 && !e.matches("main");
      if ((cut(overflowX) && e.scrollWidth > e.clientWidth + 1) || (cut(overflowY) && tall))
        wrong.push(`cut off: ${name(e)}`);
      if (e.matches("button, .button, select") && e.scrollWidth > e.clientWidth + 1)
        wrong.push(`too tight: ${name(e)}`);
    }
    return wrong;
  };

  // WCAG 2.5.8 asks 24 pixels; what one presses to go on has 44 here.
  const targets = () => {
    const large = "button, .button, summary, select, textarea, input:not([type=hidden])";
    const wrong = all(large)
      .filter((e) => !e.matches("[type=checkbox], [type=radio]"))
      .filter((e) => e.getBoundingClientRect().height < 43.5 || e.getBoundingClientRect().width < 24)
      .map((e) => `below 44 pixels: ${name(e)}`);
    const marks = all("[type=checkbox], [type=radio]").filter(
      (e) => (e.closest("label") || e).getBoundingClientRect().height < 43.5,
    );
    const links = all("a[href]:not(.button)").filter((e) => {
      const around = e.parentElement.textContent.replace(e.textContent, "").trim();
      const inSentence = around !== "" && e.closest("nav") === null;
      return !inSentence && e.getBoundingClientRect().height < 23.5;
    });
    return [
      ...wrong,
      ...marks.map((e) => `mark below 44 pixels: ${name(e)}`),
      ...links.map((e) => `below 24 pixels: ${name(e)}`),
    ];
  };

  const moving = () => {
    const wrong = document.getAnimations().map((a) => `runs: ${a.animationName || a.transitionProperty}`);
    for (const e of document.querySelectorAll("*")) {
      const { transitionDuration, animationName, scrollBehavior } = getComputedStyle(e);
      if (/[1-9]/.test(transitionDuration) || animationName !== "none" || scrollBehavior === "smooth")
        wrong.push(`may move: ${name(e)}`);
    }
    return [...wrong, ...all("video, audio, marquee, blink, dialog, [autoplay]").map(name)];
  };

  // Without what the reader typed, was told back, has as a code, or unfolded.
  const words = () => {
    const main = document.querySelector("main");
    const passedOver = [...main.querySelectorAll(".code, .course blockquote, .course dl, .course p:not(.meta, .waiting p), textarea, input, details[open] > :not(summary)")];
    const visible = passedOver.map((e) => [e, e.style.display]);
    for (const [e] of visible) e.style.setProperty("display", "none", "important");
    const text = main.innerText;
    for (const [e, before] of visible) e.style.display = before;
    return text.split(/\s+/).filter((w) => /[\p{L}\p{N}]/u.test(w)).length;
  };
  const questions = () => {
    const fields = all("main :is(input:not([type=hidden]), textarea, select)");
    return new Set(fields.map((e) => e.closest("fieldset") || e)).size;
  };

  const focus = () => {
    const e = document.activeElement;
    const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(e);
    const box = e.getBoundingClientRect();
    const at = document.elementFromPoint(box.x + Math.min(box.width, innerWidth) / 2, box.y + Math.min(box.height, 20) / 2);
    const wrong = [];
    if (outlineStyle === "none" || parseFloat(outlineWidth) < 2) wrong.push(`no outline: ${name(e)}`);
    if (ratio(e.parentElement, outlineColor) < 3) wrong.push(`faint outline: ${name(e)}`);
    if (box.bottom < 1 || box.top > innerHeight - 1) wrong.push(`out of sight: ${name(e)}`);
    else if (at && !e.contains(at) && !at.contains(e)) wrong.push(`covered by ${name(at)}: ${name(e)}`);
    return wrong;
  };

  // One stop on the way to something by Tab: what is wrong with it, and whether it is there.
  // Focus goes through a page in the order of the page; past the end it starts anew.
  let before = null;
  const depart = () => {
    before = null;
  };
  const stop = (target, isBack) => {
    const now = document.activeElement;
    if (now === document.body) {
      depart();
      return { wrong: [], isThere: false };
    }
    const follows = isBack ? Node.DOCUMENT_POSITION_PRECEDING : Node.DOCUMENT_POSITION_FOLLOWING;
    const isNext = !before?.isConnected || before.compareDocumentPosition(now) & follows;
    const wrong = [...focus(), ...(isNext ? [] : [`out of order: ${name(now)}`])];
    before = now;
    return { wrong, isThere: now === target };
  };

  // Show the page as it stands in another display, without asking for it anew.
  const display = ({ theme = "auto", calm = false, large = false } = {}) => {
    const data = document.documentElement.dataset;
    data.theme = theme;
    for (const [name, on] of Object.entries({ calm, large }))
      if (on) data[name] = "1";
      else delete data[name];
  };

  // Lay a stylesheet over the page, instead of an earlier one.
  const lay = (rules) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(rules);
    document.adoptedStyleSheets = [sheet];
  };

  // What axe finds, in words: to bring all of its answer over takes as long as to find it.
  // Contrast is seen by us: axe passes over text near a drawn line, and is slow at it.
  const broken = async (rules) => {
    const { violations } = await axe.run(document, {
      runOnly: rules,
      rules: { "color-contrast": { enabled: false } },
      resultTypes: ["violations"],
    });
    const found = violations.flatMap((rule) =>
      rule.nodes.map((node) => `${rule.id}: ${node.html.slice(0, 90)} ${node.failureSummary}`),
    );
    return [...found, ...contrast()];
  };

  // All of it in one go, by what was looked at. In another display only colours and
  // sizes differ.
  const everything = async (rules, spacing) => {
    const found = { axe: await broken(rules) };
    for (const [name, how] of Object.entries({
      light: { theme: "light" },
      dark: { theme: "dark" },
      quiet: { calm: true },
      "quiet and light": { calm: true, theme: "light" },
    })) {
      display(how);
      found[`contrast ${name}`] = contrast();
    }
    for (const large of [false, true]) {
      display({ large });
      found[`reflow ${large ? "large" : "normal"}`] = reflow();
      lay(spacing);
      found[`reflow ${large ? "large" : "normal"} spaced`] = reflow();
      lay("");
    }
    display();
    return { ...found, targets: targets(), moving: moving() };
  };

  return {
    contrast,
    reflow,
    targets,
    moving,
    words,
    questions,
    focus,
    name,
    display,
    lay,
    depart,
    stop,
    broken,
    everything,
  };
})();
