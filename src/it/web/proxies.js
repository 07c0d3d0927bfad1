/* What the browser test works with: the factory, and where to note what has happened. */
"use strict";

window.page = {
  Hub: angular.injector(["ng", "hubwire.hubs"]).get("Hub"),
  heard: [],
  answers: []
};
