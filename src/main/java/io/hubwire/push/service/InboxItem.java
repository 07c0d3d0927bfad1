package io.hubwire.push.service;

import io.hubwire.push.domain.Notification;
import io.hubwire.push.domain.Person;
import java.util.UUID;

/**
 * A notification as its recipient's page gets it, by push and in the inbox alike, so that a page can merge both by id.
 * The component names are the names in JSON.
 *
 * @param kind always "file"
 * @param id of the notification
 * @param size in bytes
 * @param from whose file it is
 * @param note null when there is none
 * @param at when it was uploaded, ISO 8601 in UTC; text, as the push and the inbox are bound to JSON by different hands
 */
public record InboxItem(
        String kind,
        long id,
        UUID fileId,
        String fileName,
        long size,
        String type,
        String category,
        Person from,
        String note,
        String at,
        boolean read) {

    static InboxItem of(Notification notification) {
        var file = notification.file();
        return new InboxItem(
                "file",
                notification.id(),
                file.id(),
                file.name(),
                file.size(),
                file.type(),
                file.category().id(),
                file.owner(),
                file.note().orElse(null),
                notification.at().toString(),
                notification.read());
    }
}
