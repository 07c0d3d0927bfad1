/* Shows each client in a frame of its own, passes orders on to it and keeps its answers until somebody asks for them. */
"use strict";

const answers = {};

window.addEventListener("message", event => { answers[event.data.id] = event.data; });

function enter(teller, address) {
  const frame = document.createElement("iframe");
  frame.id = teller;
  frame.src = address;
  document.body.append(frame);
}

function order(teller, id, name, parameters) {
  document.getElementById(teller).contentWindow.postMessage({ id, name, parameters }, "*");
}

/** The answer with this id, once; null as long as there is none. */
function answer(id) {
  const given = answers[id] || null;
  delete answers[id];
  return given;
}

function leave(teller) {
  document.getElementById(teller).remove();
}
