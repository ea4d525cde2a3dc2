// Runs on every page: the header's links and buttons, the theme, and the search.
(() => {
  const assets = new URL(".", document.currentScript.src).href;
  const home = new URL("..", assets).href;
  const contents = window.fathomContents ?? { notebooks: [], library: false };
  const themes = ["os", "light", "dark"];
  const themeNames = { os: "as the system's", light: "light", dark: "dark" };
  const icons = {
    os: "M4 5h16v11H4zM9 20h6M12 16v4",
    light: "M12 8a4 4 0 1 0 0 8a4 4 0 1 0 0-8M12 2v3M12 19v3M2 12h3M19 12h3M5 5l2 2M17 17l2 2M5 19l2-2M17 7l2-2",
    dark: "M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5z",
    search: "M10.5 4a6.5 6.5 0 1 0 0 13a6.5 6.5 0 1 0 0-13M15.5 15.5L21 21",
  };

  function element(name, attributes = {}, ...children) {
    const made = document.createElement(name);
    for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
    made.append(...children);
    return made;
  }

  function icon(name) {
    const holder = element("span", { class: "icon", "aria-hidden": "true" });
    holder.innerHTML = `<svg viewBox="0 0 24 24" width="18" height="18"><path d="${icons[name]}"/></svg>`;
    return holder;
  }

  function themeButton() {
    const button = element("button", { type: "button", class: "theme" });
    const show = () => {
      const theme = document.documentElement.dataset.theme;
      const next = themes[(themes.indexOf(theme) + 1) % themes.length];
      button.replaceChildren(icon(theme));
      button.setAttribute("aria-label", `Colours: ${themeNames[theme]}; change to ${themeNames[next]}`);
      button.title = `Colours: ${themeNames[theme]}`;
    };
    button.addEventListener("click", () => {
      const theme = document.documentElement.dataset.theme;
      const next = themes[(themes.indexOf(theme) + 1) % themes.length];
      document.documentElement.dataset.theme = next;
      try {
        localStorage.setItem("tsd-theme", next);
      } catch {
        // Not remembered, but shown.
      }
      show();
      document.dispatchEvent(new Event("fathom-theme"));
    });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () =>
      document.dispatchEvent(new Event("fathom-theme")),
    );
    show();
    return button;
  }

  function load(script) {
    return new Promise((resolve, reject) => {
      const tag = element("script", { src: assets + script });
      tag.addEventListener("load", resolve);
      tag.addEventListener("error", () => reject(new Error(`${script} cannot be read`)));
      document.head.append(tag);
    });
  }

  /** The dialog, made when it is first asked for: the index is the largest file after Plotly. */
  function searchDialog() {
    const input = element("input", {
      type: "search",
      placeholder: "Notebooks, claims, library",
      "aria-label": "Search the notebooks and the library",
      autocomplete: "off",
      spellcheck: "false",
    });
    const list = element("ol", { "aria-label": "Found" });
    const status = element("p", { role: "status" });
    const close = element("button", { type: "button", class: "close", "aria-label": "Close the search" }, "Close");
    const form = element("div", { class: "ask" }, icon("search"), input, close);
    const dialog = element("dialog", { class: "search", "aria-label": "Search" }, form, status, list);
    document.body.append(dialog);
    const index = load("minisearch.js")
      .then(() => load("search-index.js"))
      .then(() => window.MiniSearch.loadJSON(window.fathomSearch.index, window.fathomSearch.options));
    index.then(find, (problem) => (status.textContent = `The search is not there: ${problem.message}.`));

    async function find() {
      const found = input.value.trim() === "" ? [] : (await index).search(input.value).slice(0, 30);
      const count = found.length === 30 ? "30 best" : found.length === 0 ? "Nothing" : String(found.length);
      status.textContent = input.value.trim() === "" ? "" : `${count} found`;
      list.replaceChildren(
        ...found.map(({ title, place, excerpt, address }) => {
          const link = element("a", { href: home + address }, element("strong", {}, title), element("em", {}, place));
          if (excerpt !== "") link.append(element("span", {}, excerpt));
          return element("li", {}, link);
        }),
      );
    }
    input.addEventListener("input", find);
    close.addEventListener("click", () => dialog.close());
    dialog.addEventListener("click", (event) => {
      if (event.target === dialog || event.target.closest("a") !== null) dialog.close();
    });
    dialog.addEventListener("keydown", (event) => {
      const links = [...list.querySelectorAll("a")];
      const at = links.indexOf(document.activeElement);
      if (event.key === "Enter" && at === -1) links[0]?.click();
      else if (event.key === "ArrowDown") (links[at + 1] ?? links[0])?.focus();
      else if (event.key === "ArrowUp") (at > 0 ? links[at - 1] : input).focus();
      else return;
      event.preventDefault();
    });
    return dialog;
  }

  let dialog = null;
  function openSearch() {
    dialog ??= searchDialog();
    if (!dialog.open) dialog.showModal();
    const input = dialog.querySelector("input");
    input.focus();
    // At once: on the dialog's own event, which comes later, it would select what is typed meanwhile.
    input.select();
  }

  function furnish() {
    const header = document.querySelector(".site-header");
    const links = element("nav", { "aria-label": "Site" });
    links.append(element("a", { href: `${home}index.html#claims` }, "Claims"));
    if (contents.library) links.append(element("a", { href: `${home}library/index.html` }, "Library"));
    const search = element("button", { type: "button", class: "find", "aria-label": "Search" }, icon("search"));
    search.append(element("span", { class: "word" }, "Search"), element("kbd", {}, "/"));
    search.addEventListener("click", openSearch);
    header.append(links, search, themeButton());
    const onKey = (event) => {
      const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
      const command = event.ctrlKey || event.metaKey;
      const asked = event.key === "/" ? !typing && !command && !event.altKey : event.key === "k" && command;
      if (!asked) return;
      event.preventDefault();
      // The library's own search answers to the same keys.
      event.stopImmediatePropagation();
      openSearch();
    };
    document.addEventListener("keydown", onKey, { capture: true });
  }

  window.fathomSite = { element, load, contents, home };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", furnish);
  else furnish();
})();
