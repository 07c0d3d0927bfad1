/** What people do with the application, in a real Chromium with the genuine client library. */
package io.hubwire.push.browser;
