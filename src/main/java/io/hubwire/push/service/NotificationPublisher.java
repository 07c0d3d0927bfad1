package io.hubwire.push.service;

import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * Tells people who are online at once what is in their inbox. A port: called after the transaction that wrote the inbox
 * has committed, so that a page that was told can always read it back. Whoever isn't reached finds it in the inbox.
 */
@FunctionalInterface
public interface NotificationPublisher {

    /**
     * May not block for the recipients' sake. A failure, thrown or in the stage, is logged and counted by the caller and
     * harms nobody.
     *
     * @param items one for each recipient, by user name
     * @return completes when all is handed over for delivery
     */
    CompletionStage<?> publish(Map<String, InboxItem> items);
}
