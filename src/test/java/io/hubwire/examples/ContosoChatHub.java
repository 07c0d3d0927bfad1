package io.hubwire.examples;

import io.hubwire.signalr.hub.ClientProxy;
import io.hubwire.signalr.hub.Hub;
import jakarta.json.bind.annotation.JsonbProperty;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** Calling clients, choosing them, groups, state and context, as in the guide to the hubs API. */
public class ContosoChatHub extends Hub {

    /** An argument of clients; the names in JSON are those of the guide's client code. */
    public record ContosoChatMessage(
            @JsonbProperty("UserName") String userName,
            @JsonbProperty("Message") String message) {}

    /* --- calling clients --- */

    public void newContosoChatMessage(String name, String message) {
        clients().all().invoke("addNewMessageToPage", name, message);
    }

    public void sendMessage(String name, String message) {
        clients().all().invoke("addContosoChatMessageToPage", new ContosoChatMessage(name, message));
    }

    /** The method's name is a string anyway. */
    public void sendByName(String name, String message) {
        String methodToCall = "addContosoChatMessageToPage";
        ClientProxy proxy = clients().all();
        proxy.invoke(methodToCall, name, message);
    }

    /** One after the other: the second call is made when the bus has the first. */
    public CompletionStage<Void> newMessageThenNotify(String name, String message) {
        return clients()
                .others()
                .invoke("addContosoChatMessageToPage", name, message)
                .thenCompose(sent -> clients().caller().invoke("notifyMessageSent"));
    }

    /* --- choosing clients --- */

    public void toCaller(String name, String message) {
        clients().caller().invoke("addContosoChatMessageToPage", name, message);
    }

    public void toOthers(String name, String message) {
        clients().others().invoke("addContosoChatMessageToPage", name, message);
    }

    public void toClient(String name, String message) {
        clients().client(context().connectionId()).invoke("addContosoChatMessageToPage", name, message);
    }

    public void toAllExcept(String connectionId1, String connectionId2, String name, String message) {
        clients().allExcept(connectionId1, connectionId2).invoke("addContosoChatMessageToPage", name, message);
    }

    public void toGroup(String groupName, String name, String message) {
        clients().group(groupName).invoke("addContosoChatMessageToPage", name, message);
    }

    public void toGroupExcept(
            String groupName, String connectionId1, String connectionId2, String name, String message) {
        clients().group(groupName, connectionId1, connectionId2).invoke("addContosoChatMessageToPage", name, message);
    }

    public void toOthersInGroup(String groupName, String name, String message) {
        clients().othersInGroup(groupName).invoke("addContosoChatMessageToPage", name, message);
    }

    /* --- groups --- */

    public CompletionStage<Void> joinGroup(String groupName) {
        return groups().add(context().connectionId(), groupName);
    }

    public CompletionStage<Void> leaveGroup(String groupName) {
        return groups().remove(context().connectionId(), groupName);
    }

    /** The group is told when the caller is in it, so that the caller hears of it too. */
    public CompletionStage<Void> joinGroupAndTell(String groupName) {
        return groups().add(context().connectionId(), groupName).thenCompose(added -> clients()
                .group(groupName)
                .invoke("addContosoChatMessageToPage", context().connectionId() + " added to group"));
    }

    /* --- state --- */

    /** What the client keeps in {@code state} comes with every call; what is set here goes back to it. */
    public void newMessageOfSomebody(String data) {
        String userName = clients().caller().get("userName", String.class);
        String computerName = clients().caller().get("computerName", String.class);
        clients().caller().set("sent", data.length());
        clients().others().invoke("addContosoChatMessageToPage", data, userName, computerName);
    }

    /* --- context --- */

    /** What a hub knows of its caller. */
    public Map<String, String> whoAmI() {
        String transportMethod = context().queryString().text("transport");
        String version = context().queryString().text("version");
        List<String> agents = context().headers("User-Agent");
        String theme = context().cookies().getOrDefault("theme", "none");
        String user = context().user().map(principal -> principal.getName()).orElse("nobody");
        return Map.of(
                "connectionId", context().connectionId(),
                "transport", transportMethod,
                "version", version,
                "agent", String.join(", ", agents),
                "theme", theme,
                "user", user);
    }
}
