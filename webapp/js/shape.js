/* The shape: its place goes to the server while it is moved, and comes from there when others move it. */
"use strict";

(() => {
  const { live, shell, view } = Hubwire;
  const HUB = "moveShapeHub";
  const TELL_EVERY_MS = 40;
  const SPOKEN_AFTER_MS = 1000;
  const STEP = 0.02;
  const LONG_STEP = 0.1;
  const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

  const board = view.byId("board");
  const shape = view.byId("shape");

  let place = { left: 0.5, top: 0.5 };
  let grip = null;
  let untold = null;
  let telling = null;
  let speaking = null;

  /* --- what is shown --- */

  const percent = part => Math.round(part * 100) + " %";
  const words = () => percent(place.left) + " from the left, " + percent(place.top) + " from the top";

  function show(moved, mover) {
    place = moved;
    shape.style.setProperty("--left", place.left);
    shape.style.setProperty("--top", place.top);
    shape.setAttribute("aria-label", "Shape, " + words());
    view.byId("shape-place").textContent = words();
    view.byId("shape-mover").textContent = mover ? "· moved by " + mover : "";
  }

  /** Once it has come to rest: every step read out helps nobody. */
  function speak(mover) {
    clearTimeout(speaking);
    speaking = setTimeout(() => {
      view.byId("shape-spoken").textContent = "Moved by " + mover + ": " + words();
    }, SPOKEN_AFTER_MS);
  }

  function onMovedByOthers(moved) {
    // Who holds it need not let go: the next move tells everyone where it is.
    if (!grip) {
      show(moved, "someone else");
      speak("someone else");
    }
  }

  /* --- moving --- */

  const inside = part => Math.min(1, Math.max(0, part));

  function move(left, top) {
    show({ left: inside(left), top: inside(top) }, "you");
    speak("you");
    untold = place;
    tellSoon();
  }

  /** The first move at once, then no more often than screens show it; the last one always. */
  function tellSoon() {
    if (untold && telling === null) {
      tell(untold);
      untold = null;
      telling = setTimeout(() => {
        telling = null;
        tellSoon();
      }, TELL_EVERY_MS);
    }
  }

  async function tell(moved) {
    try {
      await live.call(HUB, "updateModel", moved);
      view.showText(view.byId("shape-error"), "");
    } catch (failure) {
      view.showText(view.byId("shape-error"), "Not moved: " + failure.message);
    }
  }

  function onKey(event) {
    const arrow = ARROWS[event.key];
    if (arrow) {
      event.preventDefault();
      const step = event.shiftKey ? LONG_STEP : STEP;
      move(place.left + arrow[0] * step, place.top + arrow[1] * step);
    }
  }

  /** The room that the shape has, in pixels. */
  const room = () => ({ width: board.clientWidth - shape.offsetWidth, height: board.clientHeight - shape.offsetHeight });

  function take(event) {
    shape.setPointerCapture(event.pointerId);
    const { width, height } = room();
    grip = { x: event.clientX - place.left * width, y: event.clientY - place.top * height };
  }

  function drag(event) {
    if (grip) {
      const { width, height } = room();
      move((event.clientX - grip.x) / width, (event.clientY - grip.y) / height);
    }
  }

  const letGo = () => { grip = null; };

  /** After every start and reconnect. */
  async function refresh() {
    const before = place;
    try {
      const told = await live.call(HUB, "getShape");
      if (place === before) { // otherwise it has been moved since
        show(told);
      }
      view.showText(view.byId("shape-error"), "");
    } catch (failure) {
      view.showText(view.byId("shape-error"), failure.message);
    }
  }

  shell.whenSignedIn(() => {
    shell.show();
    shape.addEventListener("keydown", onKey);
    shape.addEventListener("pointerdown", take);
    shape.addEventListener("pointermove", drag);
    shape.addEventListener("pointerup", letGo);
    shape.addEventListener("pointercancel", letGo);
    shell.connect({ [HUB]: { updateShape: onMovedByOthers } }, refresh);
  });
})();
