/* "Messages": short texts to everyone, or to one person, who is here now. */
"use strict";

Hubwire.messages = (() => {
  const { live, view } = Hubwire;
  const MOST_SHOWN = 200;

  function init() {
    view.byId("message-form").addEventListener("submit", send);
  }

  function showPeople(people) {
    const receivers = people.map(person => new Option(person.displayName, person.name));
    view.byId("message-to").replaceChildren(new Option("Everyone", ""), ...receivers);
  }

  async function send(event) {
    event.preventDefault();
    const field = view.byId("message-text");
    const button = view.byId("message-send");
    const written = field.value;
    const text = written.trim();
    if (!text || button.getAttribute("aria-busy") === "true") {
      return;
    }
    button.setAttribute("aria-busy", "true");
    try {
      await sendTo(view.byId("message-to").selectedOptions[0], text);
      view.clear(field, written);
      view.showText(view.byId("message-error"), "");
    } catch (failure) {
      view.showText(view.byId("message-error"), "Not sent: " + failure.message);
    } finally {
      button.removeAttribute("aria-busy");
    }
  }

  /** A message to everyone comes back to its sender too; one to a single person does not, so it is shown here. */
  async function sendTo(receiver, text) {
    if (!receiver.value) {
      await live.call("pushHub", "send", text);
      return;
    }
    await live.call("pushHub", "sendTo", receiver.value, text);
    show({ from: "You", to: "to " + receiver.textContent, text, at: new Date().toISOString(), isPrivate: true });
  }

  function onText(item) {
    show({ from: item.from.displayName, to: "to you", text: item.text, at: item.at, isPrivate: true });
  }

  function onAnnouncement(name, text) {
    show({ from: name, to: "to everyone", text, at: new Date().toISOString(), isPrivate: false });
  }

  function show({ from, to, text, at, isPrivate }) {
    const list = view.byId("message-list");
    view.byId("message-log").hidden = false;
    view.byId("message-empty").hidden = true;
    const row = view.fill(view.fromTemplate("message"), { from, to, text });
    row.classList.toggle("private", isPrivate);
    view.showTime(view.slot(row, "at"), at);
    list.append(row);
    if (list.childElementCount > MOST_SHOWN) {
      list.firstElementChild.remove();
    }
    const log = view.byId("message-log");
    log.scrollTop = log.scrollHeight;
  }

  return { init, showPeople, onText, onAnnouncement };
})();
