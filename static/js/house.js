// What the pages do on top of plain HTML: keep drafts, send once, bring errors into view, drag rows of an agenda.
(function () {
  "use strict";

  const QUIET_MS = 3000;
  const RETRY_MS = 15000;
  const ONCE_MS = 5000;
  const LOGGED_OUT = "Niet bewaard: u bent uitgelogd. Uw tekst blijft op deze pagina staan.";
  const FAILED = "Niet bewaard: geen verbinding. Uw tekst blijft op deze pagina staan.";

  // --- Drafts: <form data-draft-url="..."> posts its fields when the typing stops.
  const drafts = new WeakMap();
  const waiting = new Set();

  function draftOf(form) {
    if (!drafts.has(form)) {
      drafts.set(form, { timer: null, request: null, closed: false, status: statusLine(form) });
    }
    return drafts.get(form);
  }

  function statusLine(form) {
    const line = form.querySelector("[data-draft-status]") || document.createElement("p");
    line.classList.add("draft-status", "small");
    line.setAttribute("role", "status");
    line.setAttribute("aria-live", "polite");
    if (!line.isConnected) form.append(line);
    return line;
  }

  function say(draft, words, failed) {
    draft.status.classList.toggle("failed", Boolean(failed));
    // The same words are not spoken again.
    if (draft.status.textContent !== words) draft.status.textContent = words;
  }

  function plan(form, after) {
    const draft = draftOf(form);
    if (draft.closed) return;
    clearTimeout(draft.timer);
    waiting.add(form);
    draft.timer = setTimeout(() => save(form), after);
  }

  function fieldsOf(form) {
    const fields = new URLSearchParams();
    for (const [name, value] of new FormData(form)) {
      if (typeof value === "string") fields.append(name, value);
    }
    return fields;
  }

  async function save(form, leaving) {
    const draft = draftOf(form);
    clearTimeout(draft.timer);
    waiting.delete(form);
    if (draft.closed || !form.isConnected) return;
    if (draft.request) draft.request.abort();
    const request = (draft.request = new AbortController());
    try {
      const response = await fetch(form.dataset.draftUrl, {
        method: "POST",
        body: fieldsOf(form),
        credentials: "same-origin",
        redirect: "manual",
        keepalive: Boolean(leaving),
        signal: request.signal,
      });
      if (response.ok) {
        // The server says when; nothing is kept of an empty form.
        const { bewaard } = await response.json();
        say(draft, bewaard ? "Concept bewaard om " + bewaard : "");
      } else if (response.type === "opaqueredirect" || response.status === 401 || response.status === 403) {
        say(draft, LOGGED_OUT, true);
      } else {
        say(draft, FAILED, true);
        if (response.status >= 500) plan(form, RETRY_MS);
      }
    } catch (error) {
      if (error.name === "AbortError") return;
      say(draft, FAILED, true);
      plan(form, RETRY_MS);
    }
  }

  // A form that is sent needs no draft any more: a late one would bring back what was just saved.
  function closeDraft(form) {
    if (!form.dataset.draftUrl) return;
    const draft = draftOf(form);
    draft.closed = true;
    clearTimeout(draft.timer);
    waiting.delete(form);
    if (draft.request) draft.request.abort();
  }

  for (const kind of ["input", "change"]) {
    document.addEventListener(kind, (event) => {
      const form = event.target.form;
      if (form && form.dataset.draftUrl) plan(form, QUIET_MS);
    });
  }

  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") waiting.forEach((form) => save(form, true));
  });

  // --- Send once: a second submit within five seconds is ignored.
  const sent = new Map();

  function release(form) {
    const button = sent.get(form);
    sent.delete(form);
    if (button) button.removeAttribute("aria-disabled");
    if (form.dataset.draftUrl) draftOf(form).closed = false;
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post") return;
    if (sent.has(form)) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    const button = event.submitter || form.querySelector("button[type=submit], button:not([type])");
    sent.set(form, button);
    // aria-disabled keeps the focus and the value of the button.
    if (button) button.setAttribute("aria-disabled", "true");
    closeDraft(form);
    setTimeout(() => release(form), ONCE_MS);
  }, true);

  // The back button shows the page as it was left.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) [...sent.keys()].forEach(release);
  });

  // --- Schools: what is typed is looked up, and the browser offers what was found. Nothing found: nothing is offered,
  // and the form itself says so after sending.
  const TYPING_MS = 200;
  let looking = null;

  async function offerSchools(input) {
    const list = document.getElementById(input.id + "_scholen");
    const words = input.value.trim();
    if (!list || words.length < 2) return;
    try {
      const address = input.dataset.schoolSearch + "?" + new URLSearchParams({ q: words });
      const response = await fetch(address, { credentials: "same-origin", redirect: "manual" });
      if (!response.ok || input.value.trim() !== words) return;
      const { scholen } = await response.json();
      list.replaceChildren(...scholen.map((text) => new Option("", text)));
      if (!input.hasAttribute("list")) input.setAttribute("list", list.id);
    } catch {
      // Without a connection the form finds the school after sending.
    }
  }

  document.addEventListener("input", (event) => {
    if (!event.target.dataset.schoolSearch) return;
    clearTimeout(looking);
    looking = setTimeout(() => offerSchools(event.target), TYPING_MS);
  });

  // --- Errors: the summary gets the focus, so that it is read and the links are one Tab away.
  function settle(root) {
    const summary = root.querySelector("#fouten");
    if (summary) summary.focus();
    root.querySelectorAll("form[data-draft-url]").forEach(draftOf);
  }

  // --- The parts of a dossier: the index says which one is open, and whose dossier it is once the head is out of sight.
  const parts = document.querySelector(".parts");

  function markPart() {
    const links = [...parts.querySelectorAll("li a")];
    const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const part = target && target.closest(".part");
    const open = links.find((link) => part && link.hash === "#" + part.id) || links[0];
    links.forEach((link) => (link === open ? link.setAttribute("aria-current", "true") : link.removeAttribute("aria-current")));
    open.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  if (parts) {
    markPart();
    window.addEventListener("hashchange", markPart);
    const head = document.querySelector(".case-head");
    new IntersectionObserver(([entry]) => parts.classList.toggle("stuck", !entry.isIntersecting)).observe(head);
  }

  // --- An agenda in order: with scripts a row can be dragged by its grip. Buttons and a place to fill in do the same.
  const NOT_MOVED = "De volgorde is niet bewaard: geen verbinding, of u bent uitgelogd. De agenda staat weer zoals hij was.";
  const EDGE = 60;

  function gripsOn(list) {
    const said = document.createElement("p");
    said.className = "order-status small";
    said.setAttribute("role", "status");
    list.before(said);
    for (const row of list.children) {
      const grip = document.createElement("span");
      grip.className = "grip";
      grip.title = "Sleep naar een andere plaats";
      grip.setAttribute("aria-hidden", "true");
      row.querySelector(".agenda-place").prepend(grip);
      grip.addEventListener("pointerdown", (event) => event.button === 0 && drag(list, row, grip, event, said));
    }
  }

  function drag(list, row, grip, start, said) {
    const listening = new AbortController();
    let place = null; // before which row; undefined: at the end

    function mark(here) {
      for (const each of list.children) each.classList.remove("drop-before", "drop-after");
      if (here) here.classList.add("drop-before");
      else if (here === undefined) list.lastElementChild.classList.add("drop-after");
    }

    function over(event) {
      if (event.clientY < EDGE) window.scrollBy(0, -EDGE / 3);
      if (event.clientY > window.innerHeight - EDGE) window.scrollBy(0, EDGE / 3);
      const middle = (each) => each.getBoundingClientRect().top + each.offsetHeight / 2;
      place = [...list.children].find((each) => event.clientY < middle(each));
      mark(place);
    }

    function end(drop) {
      listening.abort();
      row.classList.remove("dragged");
      mark(null);
      if (!drop || place === null || place === row || place === row.nextElementSibling) return;
      if (place === undefined && row === list.lastElementChild) return;
      const before = [...list.children];
      list.insertBefore(row, place || null);
      keepOrder(list, row, before, said);
    }

    start.preventDefault();
    grip.setPointerCapture(start.pointerId);
    row.classList.add("dragged");
    const until = { signal: listening.signal };
    grip.addEventListener("pointermove", over, until);
    grip.addEventListener("pointerup", () => end(true), until);
    grip.addEventListener("pointercancel", () => end(false), until);
    document.addEventListener("keydown", (event) => event.key === "Escape" && end(false), until);
  }

  async function keepOrder(list, row, before, said) {
    const place = row.querySelector("input[name^=plaats_]");
    const stood = row.querySelector("input[name^=stond_]");
    const token = list.closest("form").querySelector("[name=csrfmiddlewaretoken]");
    const sends = { [token.name]: token.value, [place.name]: [...list.children].indexOf(row) + 1, [stood.name]: stood.value };
    try {
      const response = await fetch(list.dataset.order, {
        method: "POST",
        body: new URLSearchParams(sends),
        headers: { Accept: "application/json" },
        credentials: "same-origin",
        redirect: "manual",
      });
      if (!response.ok) throw new Error(response.status);
      const { gezegd } = await response.json();
      place.value = stood.value;
      number(list);
      say({ status: said }, gezegd);
    } catch {
      list.append(...before);
      say({ status: said }, NOT_MOVED, true);
    }
    row.focus();
  }

  // What somebody typed and did not save yet stays.
  function number(list) {
    [...list.children].forEach((row, n) => {
      const place = row.querySelector("input[name^=plaats_]");
      const stood = row.querySelector("input[name^=stond_]");
      if (place.value === stood.value) place.value = n + 1;
      stood.value = n + 1;
    });
  }

  document.querySelectorAll("[data-order]").forEach(gripsOn);

  settle(document);
  document.addEventListener("htmx:afterSettle", (event) => settle(event.target));
})();
