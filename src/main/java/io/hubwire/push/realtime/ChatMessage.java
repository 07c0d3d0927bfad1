package io.hubwire.push.realtime;

import java.time.Instant;

/**
 * What somebody says in a room. The component names are the names in JSON.
 *
 * @param name what the speaker wants to be called
 * @param user the account that the speaker is signed in with: names can be chosen, this cannot
 * @param text as it was typed
 * @param at when it came
 */
public record ChatMessage(String name, String user, String text, Instant at) {}
