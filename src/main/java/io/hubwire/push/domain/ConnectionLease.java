package io.hubwire.push.domain;

import java.time.Instant;

/**
 * A user's live SignalR connection, good until it expires unless its holder renews it. User and connection id are the
 * key; a connection that moves to another node is written anew by that node, which then holds it.
 */
public record ConnectionLease(String userName, String connectionId, LeaseHolder holder, Instant expiresAt) {}
