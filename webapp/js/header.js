/* The header of every page: the way to the others, how the connection is, who is signed in. Loaded before the body. */
"use strict";

(() => {
  const PAGES = [
    { page: "index.html", icon: "inbox", title: "Files" },
    { page: "perfmon.html", icon: "chart", title: "CPU" },
    { page: "stocks.html", icon: "stocks", title: "Stocks" },
    { page: "shape.html", icon: "shape", title: "Shape" },
    { page: "chat.html", icon: "message", title: "Chat" },
    { page: "operator.html", icon: "pulse", title: "Operator", role: "Operator" }
  ];

  const icon = name => `<svg class="icon" aria-hidden="true"><use href="img/icons.svg#${name}"></use></svg>`;

  function link({ page, icon: name, title }) {
    const current = (location.pathname.split("/").pop() || "index.html") === page ? ' aria-current="page"' : "";
    return `<a href="${page}"${current}>${icon(name)}<span>${title}</span></a>`;
  }

  // Constant markup: nothing in it comes from a server or a user.
  const header = links => `
    <header class="bar">
      <div class="bar-row">
        <a class="brand" href="index.html">
          <img src="img/logo.svg" alt="" width="28" height="28">
          <span>Hubwire</span>
        </a>
        <nav class="pages" aria-label="Pages">${links}</nav>
        <div class="connection" id="connection" data-state="connecting">
          <span class="connection-dot" aria-hidden="true"></span>
          <span role="status">
            <span class="sr-only">Connection: </span><span data-testid="connection-state">Connecting…</span>
          </span>
          <span class="connection-transport" data-testid="connection-transport"></span>
          <span class="connection-wait" id="connection-wait"></span>
          <button class="link" id="connection-retry" type="button"
            data-testid="connection-retry" hidden>Retry now</button>
        </div>
        <div class="account">
          <span class="avatar" id="account-avatar" aria-hidden="true"></span>
          <span class="account-name">
            <span class="sr-only">Signed in as </span><span id="account-name" data-testid="account-name"></span>
          </span>
          <button class="button quiet" id="signout" type="button" data-testid="signout">
            ${icon("sign-out")}
            <span class="wide-only">Sign out</span><span class="sr-only narrow-only">Sign out</span>
          </button>
        </div>
      </div>
    </header>`;

  customElements.define("hubwire-header", class extends HTMLElement {
    connectedCallback() {
      const pages = PAGES.filter(({ role }) => !role || Hubwire.session.hasRole(role));
      this.innerHTML = header(pages.map(link).join(""));
    }
  });
})();
