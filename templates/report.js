"use strict";
(() => {
  const by = (id) => document.getElementById(id);
  const form = by("filters"), search = by("search"), shown = by("shown");
  const items = [...document.querySelectorAll(".item")];
  const stories = [...document.querySelectorAll(".story")];
  const people = [...document.querySelectorAll(".person")];
  const fold = (text) => text.toLowerCase().replace(/[\u2018\u2019]/g, "'").replace(/[\u201c\u201d]/g, '"');
  const texts = new Map([...items, ...people].map((one) => [one, fold(one.textContent)]));
  const has = (list, one) => list.split(" ").includes(one);
  form.hidden = false;

  const apply = () => {
    const words = fold(search.value).split(/\s+/).filter(Boolean);
    const draft = by("by-draft").value, person = by("by-person").value;
    const rule = by("by-rule").value, level = by("by-level").value;
    const narrowed = Boolean(words.length || draft || person || rule || level);
    let count = 0;
    for (const item of items) {
      const data = item.dataset;
      const wide = fold(document.getElementById(data.draft).querySelector("header").textContent);
      const fits = (!draft || data.draft === draft) && (!person || has(data.person, person)) &&
        (!rule || has(data.rules, rule)) && (!level || has(data.levels, level)) &&
        words.every((word) => texts.get(item).includes(word) || wide.includes(word));
      item.hidden = !fits;
      count += fits;
    }
    for (const story of stories) {
      const own = items.filter((item) => item.dataset.draft === story.id);
      const empty = own.length === 0 && narrowed && draft !== story.id;
      story.hidden = empty || (own.length > 0 && own.every((item) => item.hidden));
    }
    for (const one of people) {
      one.hidden = Boolean((person && one.id !== person) || !words.every((word) => texts.get(one).includes(word)));
    }
    by("nothing").hidden = stories.some((story) => !story.hidden);
    shown.textContent = narrowed ? `${count} of ${items.length} shown` : `${items.length} shown`;
  };
  const reset = () => { form.reset(); apply(); };
  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(apply));

  const step = (by) => {
    const all = [...document.querySelectorAll(".finding")].filter((one) => one.offsetParent !== null);
    if (!all.length) return;
    const at = all.indexOf(document.activeElement);
    const next = at < 0 ? (by > 0 ? 0 : all.length - 1) : (at + by + all.length) % all.length;
    all[next].focus({ preventScroll: true });
    all[next].scrollIntoView({ block: "center" });
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName);
    if (event.key === "Escape") { reset(); if (typing) event.target.blur(); return; }
    if (typing) return;
    if (event.key === "/") { event.preventDefault(); search.focus(); }
    else if (event.key === "j") step(1);
    else if (event.key === "k") step(-1);
  });
  const reveal = () => {
    const target = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
    if (target && target.closest("[hidden]")) { reset(); target.scrollIntoView(); }
  };
  addEventListener("hashchange", reveal);
  apply();
  reveal();
})();
