package io.hubwire.push.domain;

/** One of a person's followers, and what they follow. */
public record Follower(String name, Following following) {}
