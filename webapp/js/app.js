/* The page of files: joins the parts. */
"use strict";

(() => {
  const { categories, format, inbox, messages, ownFiles, people, shell, upload, view } = Hubwire;
  const TOAST_MS = 6000;
  const GATHER_MS = 300;

  let gathered = [];
  let toastTimer = null;

  /* --- arrivals --- */

  /** Tells of new files, several at once in one sentence. */
  function announce(item) {
    gathered.push(item);
    if (gathered.length === 1) {
      setTimeout(tellGathered, GATHER_MS);
    }
  }

  function tellGathered() {
    const [first, ...others] = gathered;
    gathered = [];
    const sentence = first.from.displayName + " shared " + first.fileName;
    const toast = view.byId("arrivals");
    toast.textContent = others.length
      ? sentence + ", and " + format.count(others.length, "more file", "more files") + " arrived"
      : sentence;
    clearTimeout(toastTimer);
    toastTimer = setTimeout(() => { toast.textContent = ""; }, TOAST_MS);
  }

  /* --- loading --- */

  /** Work that is done once: those who ask while it runs share it, and after a failure the next one tries again. */
  function once(work) {
    let running = null;
    return () => {
      running = running || work().catch(failure => {
        running = null;
        throw failure;
      });
      return running;
    };
  }

  const loadCategories = once(async () => {
    await categories.load();
    upload.showCategories();
  });

  const loadPeople = once(async () => {
    await loadCategories();
    messages.showPeople(await people.load());
  });

  /** After every start and reconnect: whatever was pushed in between is in the inbox. */
  async function refresh() {
    try {
      await loadCategories();
    } catch (unreachable) {
      // The inbox says so when it is loaded next; a category then goes by its id.
    }
    inbox.load();
    loadPeople().catch(people.showError);
  }

  async function start() {
    shell.show();
    [inbox, ownFiles, upload, people, messages].forEach(part => part.init(announce));
    await refresh();
    const pushHub = {
      broadcastMessage: item => (item.kind === "text" ? messages.onText(item) : inbox.add(item)),
      addNewMessageToPage: messages.onAnnouncement
    };
    shell.connect({ pushHub }, refresh);
  }

  shell.whenSignedIn(start);
})();
