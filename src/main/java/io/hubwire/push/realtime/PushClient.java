package io.hubwire.push.realtime;

import io.hubwire.push.service.InboxItem;
import java.util.concurrent.CompletionStage;

/** What the pages can be told. Stages complete when the message is on its way. */
public interface PushClient {

    /** Someone said something to everyone. */
    CompletionStage<Void> addNewMessageToPage(String displayName, String message);

    /** Someone said something to this page's reader. */
    CompletionStage<Void> broadcastMessage(TextMessage message);

    /** A file has come into the inbox of this page's reader. */
    CompletionStage<Void> broadcastMessage(InboxItem item);
}
