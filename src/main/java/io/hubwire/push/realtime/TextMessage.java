package io.hubwire.push.realtime;

import io.hubwire.push.domain.Person;
import java.time.Instant;

/**
 * What someone says to one person, as the receiver's page gets it. The component names are the names in JSON.
 *
 * @param kind always "text"; tells it from an inbox item, which takes the same way
 */
public record TextMessage(String kind, Person from, String text, Instant at) {
    static TextMessage of(Person from, String text, Instant at) {
        return new TextMessage("text", from, text, at);
    }
}
