/* The categories of files, as the server lists them. */
"use strict";

Hubwire.categories = (() => {
  let known = [];

  return {
    all: () => known,
    /** A category that is not listed (any more) goes by its id. */
    title: id => (known.find(category => category.id === id) || { title: id }).title,
    async load() {
      known = await Hubwire.api.categories();
    }
  };
})();
