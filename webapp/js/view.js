/* From values to elements. What users wrote goes through textContent or an attribute, never through markup. */
"use strict";

Hubwire.view = (() => {
  const format = Hubwire.format;
  const HUES = 6;
  const CLOCK_MS = 30000;

  const byId = id => document.getElementById(id);
  const slot = (root, name) => root.querySelector('[data-slot="' + name + '"]');

  /** A copy of the template's only element. */
  const fromTemplate = id => byId(id).content.firstElementChild.cloneNode(true);

  /** Sets the text of the named slots. */
  function fill(root, texts) {
    Object.keys(texts).forEach(name => {
      slot(root, name).textContent = texts[name];
    });
    return root;
  }

  /** Shows the text, or hides the element when there is none. */
  function showText(element, text) {
    element.textContent = text || "";
    element.hidden = !text;
  }

  /** Empties a field of what has been sent, unless somebody has gone on writing meanwhile. */
  function clear(field, sent) {
    if (field.value === sent) {
      field.value = "";
    }
  }

  /** A time element that goes on telling how long ago the instant was. */
  function showTime(element, instant) {
    element.dateTime = instant;
    element.title = format.exact(instant);
    element.textContent = format.ago(instant);
  }

  function showAvatar(element, user) {
    const sum = [...user.name].reduce((total, letter) => total + letter.codePointAt(0), 0);
    element.dataset.hue = sum % HUES;
    element.textContent = format.initials(user.displayName || user.name);
  }

  function showFileIcon(svg, type) {
    const kind = String(type || "").toLowerCase();
    const family = kind.split("/")[0];
    let icon = "file";
    if (["image", "audio", "video"].includes(family)) {
      icon = family;
    } else if (/zip|compressed|x-tar|gzip/.test(kind)) {
      icon = "archive";
    } else if (family === "text" || /pdf|document|json|xml/.test(kind)) {
      icon = "text";
    }
    svg.dataset.kind = icon;
    svg.querySelector("use").setAttribute("href", "img/icons.svg#" + icon);
  }

  /**
   * Saves what the address leads to. A link with "download", not location.assign: a refused download then stays a
   * failed download instead of replacing the page, and no browser takes it for leaving the page (which ends the
   * connection).
   */
  function download(url) {
    const link = document.createElement("a");
    link.href = url;
    link.download = "";
    document.body.append(link);
    link.click();
    link.remove();
  }

  /**
   * While the click's work is under way, the button does not take another one; a failure is told in the error element.
   */
  function onClick(button, error, work) {
    button.addEventListener("click", async () => {
      if (button.getAttribute("aria-busy") === "true") {
        return;
      }
      button.setAttribute("aria-busy", "true");
      try {
        await work();
        showText(error, "");
      } catch (failure) {
        showText(error, failure.message);
      } finally {
        button.removeAttribute("aria-busy");
      }
    });
  }

  /**
   * A browser may keep a page that is left, asleep, in case somebody comes back to it; a connection that it has begun would stay open for as long. The
   * client ends its own, but only once it has started. comeBack is called on a page that was left and is shown again.
   */
  function onLeave(leave, comeBack) {
    window.addEventListener("pagehide", leave);
    window.addEventListener("pageshow", event => event.persisted && comeBack());
  }

  setInterval(() => {
    document.querySelectorAll("time[datetime]").forEach(time => {
      time.textContent = format.ago(time.dateTime);
    });
  }, CLOCK_MS);

  return { byId, slot, fromTemplate, fill, showText, clear, showTime, showAvatar, showFileIcon, download, onClick, onLeave };
})();
