"use strict";
// Search and filter. Without them the page says the same.
{
  const form = document.getElementById("filter");
  const search = document.getElementById("search");
  const count = document.getElementById("count");
  const groups = Array.from(document.querySelectorAll(".group"), (element) => {
    const name = element.querySelector("h2").textContent.toLowerCase();
    const changes = Array.from(element.querySelectorAll(".change"), (change) => ({
      element: change,
      level: change.dataset.level,
      verdicts: change.dataset.verdicts.split(" "),
      text: name + "\n" + change.textContent.toLowerCase(),
    }));
    return { element, changes };
  });
  const total = groups.reduce((sum, group) => sum + group.changes.length, 0);

  const checked = (name) =>
    new Set(Array.from(form.querySelectorAll(`[name=${name}]:checked`), (box) => box.value));

  const apply = () => {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const levels = checked("level");
    const verdicts = checked("verdict");
    let shown = 0;
    for (const group of groups) {
      let some = false;
      for (const change of group.changes) {
        const fits = levels.has(change.level) &&
          change.verdicts.some((verdict) => verdicts.has(verdict)) &&
          words.every((word) => change.text.includes(word));
        if (change.element.hidden === fits) change.element.hidden = !fits;
        if (fits) shown += 1;
        some ||= fits;
      }
      if (group.element.hidden === some) group.element.hidden = !some;
    }
    count.textContent = shown === total ? `All ${total} changes` : `${shown} of ${total} changes`;
  };

  let waiting = 0;
  form.addEventListener("input", () => {
    // One pass for all keys that were hit before the screen was drawn.
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(apply);
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => requestAnimationFrame(apply));
  document.addEventListener("keydown", (event) => {
    const typing = event.target.matches("input:not([type=checkbox]), textarea");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      search.focus();
    }
  });
  form.hidden = false;
  apply();
}
