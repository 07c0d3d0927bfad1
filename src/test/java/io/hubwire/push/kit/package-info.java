/** What the application's tests share: a clock, a database in memory, a running server and a client for it. */
package io.hubwire.push.kit;
