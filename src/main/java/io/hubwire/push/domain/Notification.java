package io.hubwire.push.domain;

import java.time.Instant;

/**
 * One person is told of one file. A person is told of a file at most once.
 *
 * @param id increases with time; the inbox is ordered and paged by it
 * @param recipient user name
 */
public record Notification(long id, String recipient, SharedFile file, Instant at, boolean read) {}
