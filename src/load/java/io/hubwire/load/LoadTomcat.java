package io.hubwire.load;

import java.nio.file.Files;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;

/** The container that both servers run in, set up alike. */
final class LoadTomcat {
    private static final int MOST_CONNECTIONS = 20_000;

    private LoadTomcat() {}

    static Tomcat create() throws Exception {
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(Files.createTempDirectory("hubwire-load").toString());
        tomcat.setPort(0);
        Connector connector = tomcat.getConnector();
        connector.setProperty("relaxedQueryChars", "[]");
        connector.setProperty("address", "127.0.0.1");
        connector.setProperty("maxConnections", Integer.toString(MOST_CONNECTIONS));
        connector.setProperty("acceptCount", "1000");
        connector.setProperty("maxKeepAliveRequests", "-1");
        return tomcat;
    }

    static void end(Tomcat tomcat) {
        try {
            tomcat.stop();
            tomcat.destroy();
        } catch (LifecycleException e) {
            throw new IllegalStateException(e);
        }
    }
}
