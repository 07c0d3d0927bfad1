/* The inbox: what the server keeps, merged by notification id with what it pushes. */
"use strict";

Hubwire.inbox = (() => {
  const { api, categories, format, view } = Hubwire;
  const PAGE = 20;
  const LARGEST_PAGE = 100;

  const items = new Map();
  const rows = new Map();
  let unread = 0;
  let arrivals = 0;
  let loaded = false;
  let announce;
  // The oldest item of what was loaded without a gap, while the server has more behind it.
  let end = null;
  let turn = Promise.resolve();
  let loadIsDue = false;

  /** Newest first: ids grow with time, and the server pages by them. */
  function order(a, b) {
    return b.id - a.id;
  }

  function init(announcer) {
    announce = announcer;
    view.byId("inbox-more").addEventListener("click", () => inTurn(loadOlder));
    view.onClick(view.byId("inbox-read-all"), view.byId("inbox-error"), markAllRead);
  }

  /* --- loading --- */

  /** Requests that change the extent of the list follow one another; each deals with its own failure. */
  function inTurn(task) {
    turn = turn.then(task).then(() => showError(""), failure => showError(failure.message));
    return turn;
  }

  function showError(text) {
    view.showText(view.byId("inbox-error"), text);
    view.byId("inbox-waiting").hidden = true;
  }

  /** Loads the newest items. A load that has not begun yet serves all who ask for one. */
  function load() {
    if (!loadIsDue) {
      loadIsDue = true;
      inTurn(loadNewest);
    }
    return turn;
  }

  async function loadNewest() {
    loadIsDue = false;
    const page = await api.inbox({ limit: Math.min(LARGEST_PAGE, Math.max(PAGE, items.size)) });
    merge(page);
  }

  /**
   * Takes the server's page for the truth, except where we know more: an item pushed since (or which a lagging replica
   * does not have yet) stays and counts, and an item read since stays read. Items beyond the page's end are dropped:
   * there may be a gap before them, and "Load more" brings them back.
   */
  function merge(page) {
    const listed = new Set(page.items.map(item => item.id));
    const pageEnd = page.more ? page.items[page.items.length - 1] : null;
    const ahead = [...items.values()].filter(item => !listed.has(item.id) && (!pageEnd || order(item, pageEnd) < 0));
    const readSince = page.items.filter(item => !item.read && items.has(item.id) && items.get(item.id).read);
    const news = page.items.filter(item => !item.read && !items.has(item.id));

    readSince.forEach(item => { item.read = true; });
    unread = page.unread - readSince.length + ahead.filter(item => !item.read).length;
    items.clear();
    ahead.concat(page.items).forEach(item => items.set(item.id, item));
    end = pageEnd;
    if (loaded) {
      news.forEach(announce);
    }
    loaded = true;
    render();
  }

  async function loadOlder() {
    if (!end) {
      return;
    }
    const page = await api.inbox({ before: end.id, limit: PAGE });
    const older = page.items.filter(item => !items.has(item.id));
    older.forEach(item => items.set(item.id, item));
    end = page.more ? page.items[page.items.length - 1] : null;
    render();
    if (older.length) {
      rows.get(older[0].id).focus();
    }
  }

  /** A pushed item. It may be known from a load already, or belong behind "Load more". */
  function add(item) {
    arrivals += 1;
    if (items.has(item.id) || (end && order(item, end) > 0)) {
      return;
    }
    items.set(item.id, item);
    unread += item.read ? 0 : 1;
    render();
    rows.get(item.id).classList.add("arrived");
    announce(item);
  }

  /* --- reading --- */

  async function markRead(item) {
    await reading([item], () => api.markRead([item.id]));
  }

  async function markAllRead() {
    await reading([...items.values()], api.markAllRead);
    view.byId("inbox-title").focus();
  }

  async function reading(chosen, request) {
    const arrivalsBefore = arrivals;
    const answer = await request();
    chosen.forEach(({ id }) => {
      if (items.has(id)) {
        items.get(id).read = true;
      }
    });
    unread = answer.unread;
    render();
    if (arrivals !== arrivalsBefore) {
      // The count may or may not include what arrived meanwhile.
      load();
    }
  }

  async function download(item) {
    const link = await api.downloadLink(item.fileId);
    view.download(link.url);
    if (!item.read) {
      await markRead(item);
    }
  }

  /* --- showing --- */

  /** Brings the list into order with as few moves as possible: a row that stays in place keeps the focus. */
  function render() {
    const list = view.byId("inbox-list");
    rows.forEach((row, id) => {
      if (!items.has(id)) {
        row.remove();
        rows.delete(id);
      }
    });
    let next = list.firstElementChild;
    [...items.values()].sort(order).forEach(item => {
      const row = rowOf(item);
      if (row === next) {
        next = row.nextElementSibling;
      } else {
        list.insertBefore(row, next);
      }
    });
    renderCounts();
  }

  function renderCounts() {
    const badge = view.byId("unread");
    badge.dataset.count = unread;
    badge.firstElementChild.textContent = unread;
    document.title = (unread ? "(" + unread + ") " : "") + "Hubwire";
    view.byId("inbox-read-all").hidden = unread === 0;
    view.byId("inbox-more").hidden = !end;
    view.byId("inbox-waiting").hidden = loaded || items.size > 0;
    view.byId("inbox-empty").hidden = !loaded || items.size > 0;
  }

  function rowOf(item) {
    if (!rows.has(item.id)) {
      rows.set(item.id, createRow(item));
    }
    const row = rows.get(item.id);
    const read = view.slot(row, "read");
    if (item.read && document.activeElement === read) {
      view.slot(row, "download").focus();
    }
    row.dataset.read = item.read;
    read.hidden = item.read;
    return row;
  }

  function createRow(item) {
    const row = view.fromTemplate("inbox-item");
    row.dataset.id = item.id;
    view.showFileIcon(row.querySelector(".item-icon"), item.type);
    view.fill(row, {
      fileName: item.fileName,
      from: item.from.displayName,
      category: categories.title(item.category),
      size: format.size(item.size)
    });
    view.slot(row, "fileName").title = item.fileName;
    view.showTime(view.slot(row, "at"), item.at);
    view.showText(view.slot(row, "note"), item.note);
    onClick(row, "read", "Mark as read: " + item.fileName, () => markRead(items.get(item.id)));
    onClick(row, "download", "Download " + item.fileName, () => download(items.get(item.id)));
    return row;
  }

  function onClick(row, name, label, work) {
    const button = view.slot(row, name);
    button.setAttribute("aria-label", label);
    view.onClick(button, view.slot(row, "error"), work);
  }

  return { init, load, add };
})();
