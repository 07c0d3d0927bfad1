/* The sign-in page. */
"use strict";

(() => {
  const { api, session, view } = Hubwire;
  const REASONS = {
    expired: "Your session has ended. Sign in again to go on.",
    refused: "The live connection no longer accepts your session. Sign in again to go on.",
    "signed-out": "You are signed out."
  };
  const query = new URLSearchParams(location.search);
  const form = view.byId("signin-form");
  const submitButton = view.byId("signin-submit");

  function goBack() {
    location.replace(session.returnTo(query.get("return")));
  }

  async function signIn(event) {
    event.preventDefault();
    if (submitButton.getAttribute("aria-busy") === "true") {
      return;
    }
    submitButton.setAttribute("aria-busy", "true");
    view.showText(view.byId("signin-error"), "");
    try {
      session.open(await api.signIn(new FormData(form)));
      goBack();
    } catch (failure) {
      view.showText(view.byId("signin-error"), failure.message);
      view.byId("signin-password").value = "";
      view.byId("signin-password").focus();
    } finally {
      submitButton.removeAttribute("aria-busy");
    }
  }

  async function showDemoUsers() {
    const users = await api.demoUsers();
    view.byId("demo-list").replaceChildren(...users.map(createDemoUser));
    view.byId("demo").hidden = users.length === 0;
  }

  function createDemoUser(user) {
    const row = view.fill(view.fromTemplate("demo-user"), { displayName: user.displayName, name: user.name });
    view.showAvatar(view.slot(row, "avatar"), user);
    row.firstElementChild.dataset.name = user.name;
    row.firstElementChild.addEventListener("click", () => {
      view.byId("signin-name").value = user.name;
      view.byId("signin-password").value = user.password;
      form.requestSubmit();
    });
    return row;
  }

  if (session.token() && !query.has("reason")) {
    goBack();
    return;
  }
  const reason = query.get("reason");
  view.showText(view.byId("signin-reason"), Object.keys(REASONS).includes(reason) ? REASONS[reason] : "");
  form.addEventListener("submit", signIn);
  view.byId("signin-name").focus();
  showDemoUsers().catch(() => {
    // Without an answer there is nothing to show; signing in will tell why.
  });
})();
