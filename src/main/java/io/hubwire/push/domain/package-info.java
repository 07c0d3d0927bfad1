/**
 * What the application is about: users, who follows whom, files and the notifications they cause.
 *
 * <p>Plain Java: knows nothing of Jakarta EE, of the database or of SignalR. Values are immutable and belong to no thread.
 */
package io.hubwire.push.domain;
