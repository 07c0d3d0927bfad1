package io.hubwire.signalr.hub;

/** Names of topics (protocol §7.1); the hub's name in its own spelling. */
final class Signals {

    private Signals() {}

    static String hub(String hub) {
        return "h-" + hub;
    }

    static String connection(String hub, String connectionId) {
        return "hc-" + hub + '.' + connectionId;
    }

    static String user(String hub, String userId) {
        return "hu-" + hub + '.' + userId;
    }

    static String group(String hub, String group) {
        return groupPrefix(hub) + group;
    }

    static String groupPrefix(String hub) {
        return "hg-" + hub + '.';
    }
}
