package io.hubwire.push.realtime;

import java.util.concurrent.CompletionStage;

/** What the pages of a chat room can be told. Stages complete when the message is on its way. */
public interface ChatClient {

    /** Somebody has said something in the room, perhaps this page's reader. */
    CompletionStage<Void> addChatMessageToPage(ChatMessage message);

    /** Somebody has come into the room. */
    CompletionStage<Void> joined(String name, String user);

    /** Somebody has left the room, or lost the connection. */
    CompletionStage<Void> left(String name, String user);
}
