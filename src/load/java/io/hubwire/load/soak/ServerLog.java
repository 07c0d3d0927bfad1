package io.hubwire.load.soak;

import java.util.List;

/** What the server's log says at WARNING and above. Any thread may ask. */
interface ServerLog {

    /** The lines; only the first of much. */
    List<String> problems();

    int problemCount();

    /** That of a server whose log is somewhere else. */
    static ServerLog unseen() {
        return new ServerLog() {
            @Override
            public List<String> problems() {
                return List.of();
            }

            @Override
            public int problemCount() {
                return 0;
            }
        };
    }
}
