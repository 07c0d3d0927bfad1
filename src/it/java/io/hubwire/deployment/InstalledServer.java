package io.hubwire.deployment;

import io.hubwire.push.kit.ApiClient;
import java.io.File;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** The server that this run deploys to, and what it deploys. */
public final class InstalledServer {
    private InstalledServer() {}

    /**
     * The application's archive for this server, as it has been built.
     *
     * @param name decides the context path: {@code ROOT.war} for none
     */
    public static WebArchive application(String name) {
        return ShrinkWrap.create(ZipImporter.class, name)
                .importFrom(new File(property("hubwire.archive")))
                .as(WebArchive.class);
    }

    /** Somebody with a demo account, signed in. */
    public static ApiClient signedIn(URL site, String name) throws Exception {
        return ApiClient.signIn(uri(site), name, "demo-" + name);
    }

    /** Or else Tomcat. */
    static boolean isWildFly() {
        return property("arquillian.launch").equals("wildfly");
    }

    /** Where an application of that name answers, whether it is deployed or not. */
    static URI address(String application) {
        return URI.create("http://127.0.0.1:" + property("server.http.port") + "/" + application + "/");
    }

    public static URI uri(URL site) {
        try {
            return site.toURI();
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static String property(String name) {
        String value = System.getProperty(name);
        if (value == null) {
            throw new IllegalStateException(name + " is not set: these tests are run by Maven, see pom.xml");
        }
        return value;
    }
}
