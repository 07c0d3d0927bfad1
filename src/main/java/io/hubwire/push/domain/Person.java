package io.hubwire.push.domain;

/**
 * Someone as others see them.
 *
 * @param name canonical user name ({@link UserName})
 */
public record Person(String name, String displayName) {}
