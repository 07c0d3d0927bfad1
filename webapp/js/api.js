/* The REST interface: one function per operation. Failures are ApiErrors whose message can be shown to the user. */
"use strict";

Hubwire.api = (() => {
  const TIMEOUT_MS = 20000;
  const UNREACHABLE = "The server cannot be reached. Check your connection and try again.";
  const FALLBACK = {
    403: "You are not allowed to do this.",
    404: "This is no longer there.",
    413: "The file is larger than the server accepts.",
    429: "Too many attempts. Wait a moment and try again."
  };

  class ApiError extends Error {
    /** status 0: there was no answer. */
    constructor(status, message) {
      super(message);
      this.name = "ApiError";
      this.status = status;
    }
  }

  function parse(text) {
    try {
      return text ? JSON.parse(text) : null;
    } catch (notJson) {
      return null;
    }
  }

  /** What went wrong, in the server's words where it has any. */
  function failure(status, body) {
    const told = body && (body.message || body.error_description);
    return new ApiError(status, told || FALLBACK[status] || "The server answered with an error (" + status + ").");
  }

  async function exchange(method, path, options) {
    const limit = new AbortController();
    const timer = setTimeout(() => limit.abort(), TIMEOUT_MS);
    try {
      const response = await fetch(path, { method, cache: "no-store", signal: limit.signal, ...options });
      return { response, body: parse(await response.text()) };
    } catch (noAnswer) {
      throw new ApiError(0, UNREACHABLE);
    } finally {
      clearTimeout(timer);
    }
  }

  async function call(method, path, content) {
    const headers = { Authorization: "Bearer " + Hubwire.session.token() };
    if (content !== undefined) {
      headers["Content-Type"] = "application/json";
    }
    const { response, body } = await exchange(method, path, { headers, body: JSON.stringify(content) });
    if (response.status === 401) {
      Hubwire.session.leave("expired");
    }
    if (!response.ok) {
      throw failure(response.status, body);
    }
    return body;
  }

  function query(parameters) {
    const given = Object.entries(parameters).filter(([, value]) => value !== null && value !== undefined);
    return given.length ? "?" + new URLSearchParams(given) : "";
  }

  /** Exchanges name and password (form fields) for a token. */
  async function signIn(fields) {
    const { response, body } = await exchange("POST", "api/token", { body: new URLSearchParams(fields) });
    if (!response.ok) {
      const seconds = Number(response.headers.get("Retry-After"));
      throw response.status === 429 && seconds > 0
        ? new ApiError(429, "Too many attempts. Try again in " + seconds + " seconds.")
        : failure(response.status, body);
    }
    return body;
  }

  /** The demo users that a server may choose to show; most have none. */
  async function demoUsers() {
    const { response, body } = await exchange("GET", "api/demo-users");
    return response.status === 200 && Array.isArray(body) ? body : [];
  }

  /**
   * Uploads a file: {category, note, file}. XMLHttpRequest, as fetch does not tell the progress of a request.
   * onProgress gets a fraction, 0 to 1. Returns {done, cancel}; done resolves to null when it was cancelled.
   */
  function upload(fields, onProgress) {
    const request = new XMLHttpRequest();
    const done = new Promise((resolve, reject) => {
      request.upload.onprogress = event => event.lengthComputable && onProgress(event.loaded / event.total);
      request.onabort = () => resolve(null);
      request.onerror = () => reject(new ApiError(0,
        "The upload was cut off. The connection was lost, or the file is larger than the server accepts."));
      request.onload = () => {
        const body = parse(request.responseText);
        if (request.status === 201) {
          resolve(body);
          return;
        }
        if (request.status === 401) {
          Hubwire.session.leave("expired");
        }
        reject(failure(request.status, body));
      };
    });
    // The file comes last, so that the server knows what it is before it arrives.
    const form = new FormData();
    form.append("category", fields.category);
    form.append("note", fields.note);
    form.append("file", fields.file);
    request.open("POST", "api/files");
    request.setRequestHeader("Authorization", "Bearer " + Hubwire.session.token());
    request.send(form);
    return { done, cancel: () => request.abort() };
  }

  const followPath = name => "api/follows/" + encodeURIComponent(name);

  return {
    signIn,
    demoUsers,
    upload,
    /** What stands in the URLs of one live connection in place of the token; good for some seconds. */
    connectTicket: async () => (await call("POST", "api/connect-ticket")).ticket,
    signOut: () => call("POST", "api/signout"),
    me: () => call("GET", "api/me"),
    people: () => call("GET", "api/people"),
    categories: () => call("GET", "api/categories"),
    /** categories null: all of them. */
    follow: (name, categories) => call("PUT", followPath(name), { categories }),
    unfollow: name => call("DELETE", followPath(name)),
    inbox: page => call("GET", "api/inbox" + query(page)),
    ownFiles: page => call("GET", "api/files/mine" + query(page)),
    markRead: ids => call("POST", "api/inbox/read", { ids }),
    markAllRead: () => call("POST", "api/inbox/read", { all: true }),
    downloadLink: fileId => call("POST", "api/files/" + encodeURIComponent(fileId) + "/link")
  };
})();
