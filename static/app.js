// Suggestions under the search box, the print button, and what is wrong with an answer before the page is sent. Every page
// works without them.

const PAUSE = 120;

function suggest(input, number) {
  const list = document.createElement("ul");
  list.id = `suggestions-${number}`;
  list.className = "suggestions";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.dataset.suggestLabel);
  input.closest(".search").append(list);
  const set = (name, value) => input.setAttribute(`aria-${name}`, value);
  input.setAttribute("role", "combobox");
  set("autocomplete", "list");
  set("controls", list.id);
  set("expanded", "false");

  let found = [];
  let at = -1;
  let asked = "";
  let timer;
  let request;

  function choose(next) {
    list.children[at]?.setAttribute("aria-selected", "false");
    at = next;
    const option = list.children[at];
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    set("activedescendant", option?.id ?? "");
  }

  function open(wanted) {
    const shown = wanted && found.length > 0;
    list.hidden = !shown;
    set("expanded", String(shown));
    choose(-1);
  }

  function show(suggestions) {
    found = suggestions;
    list.replaceChildren(...found.map(({ html, agency }, index) => {
      const option = document.createElement("li");
      option.id = `${list.id}-${index}`;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      const name = document.createElement("b");
      // The server has escaped everything but its own marks.
      name.innerHTML = html;
      const by = document.createElement("span");
      by.textContent = agency;
      option.append(name, " ", by);
      return option;
    }));
    open(document.activeElement === input);
  }

  async function ask() {
    const q = input.value.trim();
    if (q === asked) return open(true);
    asked = q;
    request?.abort();
    if (!q) return show([]);
    request = new AbortController();
    const { signal } = request;
    try {
      const answer = await fetch(`${input.dataset.suggest}?q=${encodeURIComponent(q)}`, { signal });
      show(answer.ok ? await answer.json() : []);
    } catch {
      if (!signal.aborted) show([]);
    }
  }

  input.addEventListener("input", (event) => {
    clearTimeout(timer);
    // What an input method has not yet settled is not a word.
    if (!event.isComposing) timer = setTimeout(ask, PAUSE);
  });
  input.addEventListener("compositionend", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && found.length) {
      event.preventDefault();
      if (list.hidden) open(true);
      // One place more than suggestions: the box itself.
      const places = found.length + 1;
      choose((at + 1 + step + places) % places - 1);
    } else if (event.key === "Enter" && at >= 0) {
      event.preventDefault();
      location.assign(found[at].url);
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      open(false);
    }
  });
  input.addEventListener("blur", () => open(false));
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const index = [...list.children].indexOf(event.target.closest("li"));
    if (index >= 0) location.assign(found[index].url);
  });
}

document.querySelectorAll("input[name=q][data-suggest]").forEach(suggest);

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

// Paper cannot be unfolded.
const folded = [];
addEventListener("beforeprint", () => {
  folded.push(...document.querySelectorAll(".question:not([open])"));
  folded.forEach((each) => { each.open = true; });
});
addEventListener("afterprint", () => folded.splice(0).forEach((each) => { each.open = false; }));

document.querySelector(".errors")?.focus();

// Whoever leaves a box of a form is told at once what is wrong in it. The server judges, by the same rules as when the page
// is sent; nobody is told that something is missing before they have gone on.
function check(form) {
  const checked = new Map();
  let sending = false;
  // The session is over: the page itself will lead to signing in.
  let over = false;
  // What moved under a finger would not be pressed.
  form.addEventListener("pointerdown", ({ target }) => { sending = Boolean(target.closest("button")); });
  form.addEventListener("focusout", async ({ target: box, relatedTarget }) => {
    if (!box.matches("textarea, input:not([type=radio], [type=checkbox])")) return;
    const field = box.closest(".field");
    const typed = box.value;
    const known = typed === (checked.get(box) ?? box.defaultValue);
    if (sending || over || known || !field || relatedTarget?.matches("button")) return;
    checked.set(box, typed);
    const body = new URLSearchParams(new FormData(form));
    body.set("go", "check");
    const answer = await fetch(form.action, { method: "POST", body, redirect: "manual" }).catch(() => null);
    over = answer?.type === "opaqueredirect";
    if (!answer?.ok || box.value !== typed) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const judged = page.getElementById(box.id);
    if (!judged) return;
    const wrong = typed.trim() ? judged.closest(".field").querySelector(".field-error") : null;
    field.querySelector(".field-error")?.remove();
    field.classList.toggle("wrong", Boolean(wrong));
    for (const name of ["aria-invalid", "aria-describedby"]) {
      if (wrong && judged.hasAttribute(name)) box.setAttribute(name, judged.getAttribute(name));
      else if (name === "aria-invalid" || !document.getElementById(`${box.id}-hint`)) box.removeAttribute(name);
      else box.setAttribute(name, `${box.id}-hint`);
    }
    if (!wrong) return;
    wrong.setAttribute("role", "alert");
    box.before(wrong);
  });
}

document.querySelectorAll('main form[novalidate][action*="/pages/"]').forEach(check);

// Warns before a session ends, and offers to stay. What is going on in another tab keeps this one going too.
const warning = document.getElementById("session-end");
if (warning) {
  const WARN = 180;
  const shared = `session-end:${warning.dataset.stay}`;
  const store = (left) => localStorage.setItem(shared, String(Date.now() + left * 1000));
  const left = () => (Number(localStorage.getItem(shared)) - Date.now()) / 1000;
  const say = (when) => {
    for (const words of warning.querySelectorAll("[data-when]")) words.hidden = words.dataset.when !== when;
    warning.querySelector("button").hidden = when === "over";
    warning.hidden = false;
  };
  const look = () => {
    const seconds = left();
    if (seconds > WARN) warning.hidden = true;
    else if (seconds <= 0) say("over");
    else if (warning.hidden) say("soon");
    setTimeout(look, Math.max(1, seconds > WARN ? seconds - WARN : Math.min(seconds, 15)) * 1000);
  };
  warning.querySelector("button").addEventListener("click", async () => {
    const answer = await fetch(warning.dataset.stay, { headers: { accept: "application/json" } }).catch(() => null);
    const ends = answer?.ok && !answer.redirected ? (await answer.json()).seconds : 0;
    if (answer) store(ends);
    if (ends > WARN) warning.hidden = true;
    else if (answer) say(ends > 0 ? "last" : "over");
  });
  store(Number(warning.dataset.left));
  addEventListener("pageshow", look, { once: true });
}
