/* "People": whom to follow, with all their files or by category. */
"use strict";

Hubwire.people = (() => {
  const { api, categories, format, view } = Hubwire;

  let entries = [];

  function init() {
    view.byId("people-filter").addEventListener("input", filter);
  }

  /** Loads the list, after the categories. Returns the people, without the signed-in user. */
  async function load() {
    const me = Hubwire.session.user();
    const people = (await api.people()).filter(person => person.name !== me.name);
    entries = people.map(createEntry);
    view.byId("people-list").replaceChildren(...entries.map(entry => entry.row));
    view.showText(view.byId("people-error"), "");
    filter();
    return people;
  }

  function showError(failure) {
    view.showText(view.byId("people-error"), failure.message);
  }

  function filter() {
    const wanted = view.byId("people-filter").value.trim().toLowerCase();
    let found = 0;
    entries.forEach(({ person, row }) => {
      const matches = (person.displayName + " " + person.name).toLowerCase().includes(wanted);
      row.hidden = !matches;
      found += matches ? 1 : 0;
    });
    view.byId("people-count").textContent = wanted ? found + " of " + entries.length : String(entries.length);
  }

  function createEntry(person) {
    const row = view.fromTemplate("person");
    const entry = { person, row };
    row.dataset.name = person.name;
    view.showAvatar(view.slot(row, "avatar"), person);
    view.fill(row, { displayName: person.displayName, name: "@" + person.name });
    const chips = view.slot(row, "chips");
    chips.setAttribute("aria-label", "Follow " + person.displayName);
    chips.append(createChip(entry, null), ...categories.all().map(category => createChip(entry, category)));
    show(entry);
    return entry;
  }

  /** A toggle button for one category, or with null for all files. */
  function createChip(entry, category) {
    const chip = document.createElement("button");
    chip.type = "button";
    chip.className = "chip";
    chip.textContent = category ? category.title : "All files";
    chip.dataset.testid = category ? "follow-category" : "follow-all";
    if (category) {
      chip.dataset.category = category.id;
    }
    view.onClick(chip, view.slot(entry.row, "error"), () => toggle(entry, category && category.id));
    return chip;
  }

  async function toggle(entry, category) {
    if (entry.row.getAttribute("aria-busy") === "true") {
      return;
    }
    entry.row.setAttribute("aria-busy", "true");
    try {
      await change(entry, toggled(entry.person.following, category));
    } finally {
      entry.row.removeAttribute("aria-busy");
    }
  }

  /** What is followed after a click. A category chosen while all are followed narrows to that one. */
  function toggled(following, category) {
    if (category === null) {
      return { all: !following.all, categories: [] };
    }
    const chosen = following.all ? [] : following.categories;
    const rest = chosen.filter(id => id !== category);
    return { all: false, categories: rest.length < chosen.length ? rest : [...rest, category] };
  }

  const isFollowing = following => following.all || following.categories.length > 0;

  async function change({ person, row }, following) {
    if (isFollowing(following)) {
      await api.follow(person.name, following.all ? null : following.categories);
    } else {
      await api.unfollow(person.name);
    }
    person.followers += Number(isFollowing(following)) - Number(isFollowing(person.following));
    person.following = following;
    show({ person, row });
  }

  function show({ person, row }) {
    const { following } = person;
    row.dataset.following = isFollowing(following);
    row.querySelectorAll(".chip").forEach(chip => {
      const category = chip.dataset.category;
      chip.setAttribute("aria-pressed", category ? following.categories.includes(category) : following.all);
    });
    view.fill(row, { followers: format.count(person.followers, "follower", "followers") });
  }

  return { init, load, showError };
})();
