package io.hubwire.push.realtime;

import io.hubwire.push.kit.RunningServer;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class ConnectTicketApiIT extends SignInContract {
    @TempDir
    static Path data;

    private static RunningServer server;

    @BeforeAll
    static void start() throws Exception {
        server = RunningServer.start(data, Map.of("hubwire.password.cost", "4"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Override
    URI application() {
        return server.uri();
    }
}
