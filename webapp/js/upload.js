/* "Share a file": choose or drop, send with progress, cancel. */
"use strict";

Hubwire.upload = (() => {
  const { api, categories, format, view } = Hubwire;

  let chosen = null;
  let transfer = null;

  function init() {
    view.byId("upload-file").addEventListener("change", event => choose(event.target.files));
    view.byId("upload-form").addEventListener("submit", submit);
    view.byId("upload-cancel").addEventListener("click", () => transfer && transfer.cancel());
    acceptDrops(view.byId("upload-drop"));
  }

  function showCategories() {
    view.byId("upload-category").replaceChildren(
      ...categories.all().map(category => new Option(category.title, category.id)));
  }

  /* --- choosing --- */

  function acceptDrops(area) {
    ["dragover", "drop"].forEach(name => window.addEventListener(name, refuseStrayDrop));
    area.addEventListener("dragover", () => area.classList.add("over"));
    ["dragleave", "drop"].forEach(name => area.addEventListener(name, () => area.classList.remove("over")));
    area.addEventListener("drop", event => choose(event.dataTransfer.files, holdsFolder(event.dataTransfer)));
  }

  /** A file dropped beside the area would otherwise replace the page. */
  function refuseStrayDrop(event) {
    if ([...event.dataTransfer.types].includes("Files")) {
      event.preventDefault();
      event.dataTransfer.dropEffect = event.target.closest("#upload-drop") && !transfer ? "copy" : "none";
    }
  }

  function holdsFolder(dropped) {
    return [...dropped.items].some(item => {
      const entry = item.webkitGetAsEntry && item.webkitGetAsEntry();
      return entry && entry.isDirectory;
    });
  }

  function choose(files, isFolder) {
    if (transfer || files.length === 0) {
      return;
    }
    showOutcome("", "");
    if (files.length > 1 || isFolder) {
      showOutcome("", isFolder ? "A folder cannot be shared: choose a file." : "Choose one file at a time.");
      return;
    }
    chosen = files[0];
    showChosen();
  }

  function showChosen() {
    view.byId("upload-chosen").textContent = chosen ? chosen.name + " · " + format.size(chosen.size) : "";
    view.byId("upload-drop").classList.toggle("filled", chosen !== null);
  }

  /* --- sending --- */

  async function submit(event) {
    event.preventDefault();
    if (transfer) {
      return;
    }
    if (!chosen) {
      showOutcome("", "Choose a file first.");
      view.byId("upload-file").focus();
      return;
    }
    showOutcome("", "");
    showProgress(0);
    transfer = api.upload({
      category: view.byId("upload-category").value,
      note: view.byId("upload-note").value.trim(),
      file: chosen
    }, showProgress);
    showTransfer(true);
    try {
      finish(await transfer.done);
    } catch (failure) {
      showOutcome("", failure.message);
    } finally {
      transfer = null;
      showTransfer(false);
    }
  }

  /** file: as stored by the server; null when the upload was cancelled, which keeps the choice. */
  function finish(file) {
    if (!file) {
      showOutcome("Cancelled. Nothing was shared.", "");
      return;
    }
    showOutcome(file.name + " (" + format.size(file.size) + ") is shared with "
      + format.count(file.recipients, "follower", "followers") + ".", "");
    Hubwire.ownFiles.add(file);
    chosen = null;
    view.byId("upload-file").value = "";
    view.byId("upload-note").value = "";
    showChosen();
  }

  function showTransfer(isRunning) {
    const hadFocus = view.byId("upload-form").contains(document.activeElement);
    view.byId("upload-transfer").hidden = !isRunning;
    view.byId("upload-cancel").hidden = !isRunning;
    view.byId("upload-submit").hidden = isRunning;
    view.byId("upload-file").disabled = isRunning;
    if (hadFocus) {
      view.byId(isRunning ? "upload-cancel" : "upload-submit").focus();
    }
  }

  /** All bytes sent is not the end: the server has yet to store the file and to answer. */
  function showProgress(fraction) {
    const percent = Math.floor(fraction * 100);
    view.byId("upload-progress").value = percent;
    view.byId("upload-percent").textContent = percent + " %";
    view.byId("upload-progress-label").textContent = percent < 100 ? "Uploading" : "Finishing…";
  }

  function showOutcome(result, error) {
    view.byId("upload-result").textContent = result;
    view.showText(view.byId("upload-error"), error);
  }

  return { init, showCategories };
})();
