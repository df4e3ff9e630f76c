// Suggestions under the field for searching, on top of a form that works without them (ARIA combobox with a listbox).
// What is typed goes by POST, so that it stands in no address. Down and up choose, Enter opens what is chosen and
// else sends the form, Escape closes the list.
(function () {
  "use strict";

  const TYPING_MS = 250;
  const SHORTEST = 2;

  function attach(form) {
    const input = form.querySelector("input[name=q]");
    const list = document.createElement("ul");
    const said = document.createElement("p");
    let options = [];
    let chosen = -1;
    let timer = null;
    let request = null;

    list.id = input.id + "-voorstellen";
    list.className = "suggestions";
    list.hidden = true;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", "Voorstellen");
    said.className = "visually-hidden";
    said.setAttribute("role", "status");
    input.after(list, said);
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", list.id);
    input.setAttribute("aria-expanded", "false");

    function close() {
      clearTimeout(timer);
      if (request) request.abort();
      list.hidden = true;
      list.replaceChildren();
      options = [];
      chosen = -1;
      said.textContent = "";
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    }

    function choose(place) {
      chosen = place;
      options.forEach((option, i) => option.setAttribute("aria-selected", String(i === chosen)));
      if (chosen < 0) {
        input.removeAttribute("aria-activedescendant");
      } else {
        input.setAttribute("aria-activedescendant", options[chosen].id);
        options[chosen].scrollIntoView({ block: "nearest" });
      }
    }

    function line(text, className) {
      const span = document.createElement("span");
      span.textContent = text;
      span.className = className;
      return span;
    }

    function optionOf(found, i) {
      const option = document.createElement("li");
      option.id = list.id + "-" + i;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.dataset.address = found.adres;
      option.append(line(found.naam, "name"), line(found.over, "quiet small"));
      return option;
    }

    function show(found) {
      options = found.voorstellen.map(optionOf);
      chosen = -1;
      list.replaceChildren(...options);
      list.hidden = options.length === 0;
      input.removeAttribute("aria-activedescendant");
      input.setAttribute("aria-expanded", String(!list.hidden));
      const more = found.meer ? " Er zijn er meer: druk op Enter voor alles." : "";
      said.textContent = options.length === 1 ? "1 voorstel." : options.length + " voorstellen." + more;
      if (found.meer && options.length) {
        const rest = line("Er zijn er meer. Enter toont alles.", "quiet small suggestions-more");
        const item = document.createElement("li");
        item.setAttribute("role", "presentation");
        item.append(rest);
        list.append(item);
      }
    }

    async function ask() {
      const words = input.value.trim();
      if (request) request.abort();
      if (words.length < SHORTEST) {
        close();
        return;
      }
      request = new AbortController();
      try {
        const response = await fetch(form.dataset.suggest, {
          method: "POST",
          body: new URLSearchParams(new FormData(form)),
          credentials: "same-origin",
          redirect: "manual",
          signal: request.signal,
        });
        if (response.ok && input.value.trim() === words && document.activeElement === input) show(await response.json());
      } catch {
        // Without a connection the form itself finds it after sending.
      }
    }

    input.addEventListener("input", () => {
      clearTimeout(timer);
      choose(-1); // what was chosen fitted other words
      timer = setTimeout(ask, TYPING_MS);
    });

    input.addEventListener("keydown", (event) => {
      if (event.key === "ArrowDown" && options.length) {
        event.preventDefault();
        choose(chosen + 1 < options.length ? chosen + 1 : -1);
      } else if (event.key === "ArrowUp" && options.length) {
        event.preventDefault();
        choose(chosen < 0 ? options.length - 1 : chosen - 1);
      } else if (event.key === "Escape" && !list.hidden) {
        event.preventDefault();
        close();
      } else if (event.key === "Enter" && chosen >= 0) {
        event.preventDefault();
        window.location.assign(options[chosen].dataset.address);
      }
    });

    // Before the field loses the focus, or the list would be gone when the click arrives.
    list.addEventListener("mousedown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) window.location.assign(option.dataset.address);
    });
    input.addEventListener("blur", close);
    form.addEventListener("submit", close);
  }

  document.querySelectorAll("form[data-suggest]").forEach(attach);
})();
