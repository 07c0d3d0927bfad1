/* The chat: rooms, and names that people choose. */
"use strict";

(() => {
  const { live, session, shell, view } = Hubwire;
  const HUB = "chatHub";
  const MOST_SHOWN = 200;
  let seat = null;

  function append(row) {
    const list = view.byId("chat-list");
    const log = view.byId("chat-log");
    view.byId("chat-empty").hidden = true;
    list.append(row);
    if (list.childElementCount > MOST_SHOWN) {
      list.firstElementChild.remove();
    }
    log.scrollTop = log.scrollHeight;
  }

  function say({ name, user, text, at }) {
    const row = view.fill(view.fromTemplate("said"), { name, user: "@" + user, text });
    row.classList.toggle("private", user === session.user().name);
    view.showTime(view.slot(row, "at"), at);
    append(row);
  }

  function pass(name, user, what) {
    const row = view.fromTemplate("passing");
    row.textContent = name + " (@" + user + ") " + what;
    append(row);
  }

  async function join(event) {
    event.preventDefault();
    const wanted = { name: view.byId("join-name").value.trim(), room: view.byId("join-room").value.trim() };
    await busy("join", "join-error", () => take(wanted));
    if (seat === wanted) {
      view.byId("say-text").focus();
    }
  }

  async function take(wanted) {
    await live.call(HUB, "join", wanted.name, wanted.room);
    seat = wanted;
    view.byId("chat-room").textContent = "You are in " + wanted.room;
  }

  async function send(event) {
    event.preventDefault();
    const field = view.byId("say-text");
    if (field.value.trim()) {
      await busy("say", "say-error", async () => {
        const said = field.value;
        await live.call(HUB, "send", said);
        view.clear(field, said);
      });
    }
  }

  /** While a button's work is under way, it does not take another click. */
  async function busy(button, error, work) {
    if (view.byId(button).getAttribute("aria-busy") === "true") {
      return;
    }
    view.byId(button).setAttribute("aria-busy", "true");
    try {
      await work();
      view.showText(view.byId(error), "");
    } catch (failure) {
      view.showText(view.byId(error), failure.message);
    } finally {
      view.byId(button).removeAttribute("aria-busy");
    }
  }

  /** After every start and reconnect: another connection has no seat yet, and nobody is told twice of the same one. */
  async function sitDown() {
    await busy("join", "join-error", () => take(seat || {
      name: view.byId("join-name").value.trim(),
      room: view.byId("join-room").value.trim()
    }));
  }

  shell.whenSignedIn(() => {
    shell.show();
    view.byId("join-name").value = session.user().displayName;
    view.byId("join-form").addEventListener("submit", join);
    view.byId("say-form").addEventListener("submit", send);
    shell.connect({
      [HUB]: {
        addChatMessageToPage: say,
        joined: (name, user) => pass(name, user, "has joined"),
        left: (name, user) => pass(name, user, "has left")
      }
    }, sitDown);
  });
})();
