/* "Your uploads": what the signed-in user has shared, loaded when it is opened. */
"use strict";

Hubwire.ownFiles = (() => {
  const { api, categories, format, view } = Hubwire;
  const PAGE = 10;

  const shown = new Set();
  let loaded = false;
  let oldest = null;

  function init() {
    const panel = view.byId("own-files");
    panel.addEventListener("toggle", () => panel.open && !loaded && loadMore().catch(showError));
    view.onClick(view.byId("own-files-more"), view.byId("own-files-error"), loadMore);
  }

  function showError(failure) {
    view.showText(view.byId("own-files-error"), failure.message);
  }

  async function loadMore() {
    const page = await api.ownFiles({ before: oldest, limit: PAGE });
    loaded = true;
    page.items.forEach(file => show(file, "append"));
    oldest = page.more ? page.items[page.items.length - 1].id : null;
    view.byId("own-files-more").hidden = !page.more;
    view.byId("own-files-empty").hidden = shown.size > 0;
    showError({ message: "" });
  }

  /** A file that has just been uploaded. Before the list is loaded there is nothing to add to. */
  function add(file) {
    if (loaded) {
      show(file, "prepend");
      view.byId("own-files-empty").hidden = true;
    }
  }

  /** where: "append" or "prepend". */
  function show(file, where) {
    if (!shown.has(file.id)) {
      shown.add(file.id);
      view.byId("own-files-list")[where](createRow(file));
    }
  }

  function createRow(file) {
    const row = view.fromTemplate("own-file");
    view.showFileIcon(row.querySelector(".item-icon"), file.type);
    view.fill(row, {
      name: file.name,
      category: categories.title(file.category),
      size: format.size(file.size),
      recipients: "to " + format.count(file.recipients, "person", "people")
    });
    view.slot(row, "name").title = file.name;
    view.showTime(view.slot(row, "at"), file.uploadedAt);
    view.showText(view.slot(row, "note"), file.note);
    const button = view.slot(row, "download");
    button.setAttribute("aria-label", "Download " + file.name);
    view.onClick(button, view.slot(row, "error"), async () => view.download((await api.downloadLink(file.id)).url));
    return row;
  }

  return { init, add };
})();
