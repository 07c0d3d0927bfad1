package io.hubwire.guest;

import io.hubwire.guest.app.GuestConnection;
import io.hubwire.guest.app.GuestHub;
import io.hubwire.guest.app.GuestListener;
import io.hubwire.guest.app.GuestStartup;
import io.hubwire.guest.app.Presence;
import io.hubwire.guest.app.bean.BeanHub;
import io.hubwire.packaging.LibraryArtifacts;
import java.io.File;
import java.nio.file.Path;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** Web applications of somebody else: a hub, a page, and in {@code WEB-INF/lib} the library with what its POM lists. Names decide the context paths. */
final class GuestWars {
    private static final Path PAGES = Path.of("src", "it", "web", "guest");
    private static final Path FRONT_END = Path.of("target", "front-end", "lib");

    private static final String WEB_XML = """
            <?xml version="1.0" encoding="UTF-8"?>
            <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.1" metadata-complete="true">
              %s
              <listener>
                <listener-class>%s</listener-class>
              </listener>
              <welcome-file-list>
                <welcome-file>index.html</welcome-file>
              </welcome-file-list>
            </web-app>
            """;

    private GuestWars() {}

    /** A hub that the container finds. */
    static WebArchive withHubAlone(String name) {
        WebArchive war = ShrinkWrap.create(WebArchive.class, name + ".war")
                .addClasses(GuestHub.class, Presence.class)
                .addAsLibraries(LibraryArtifacts.files().toArray(new File[0]));
        for (String page : new String[] {"index.html", "guest.js"}) {
            war.addAsWebResource(PAGES.resolve(page).toFile(), page);
        }
        for (String script : new String[] {"jquery.min.js", "jquery.signalR.min.js"}) {
            war.addAsWebResource(FRONT_END.resolve(script).toFile(), "lib/" + script);
        }
        return war;
    }

    /** A persistent connection as well, mapped by a start-up class that the container finds. */
    static WebArchive withStartup(String name) {
        return withHubAlone(name).addClasses(GuestConnection.class, GuestStartup.class);
    }

    /** The same, mapped by a listener that {@code web.xml} declares; the container must not look for annotations. */
    static WebArchive withListener(String name) {
        return withWebXml(name, "");
    }

    /** And must not ask libraries either. */
    static WebArchive withListenerAlone(String name) {
        return withWebXml(name, "<absolute-ordering/>");
    }

    private static WebArchive withWebXml(String name, String ordering) {
        return withHubAlone(name)
                .addClasses(GuestConnection.class, GuestListener.class)
                .setWebXML(new StringAsset(WEB_XML.formatted(ordering, GuestListener.class.getName())));
    }

    /** One more hub, with a bean and a value of JSON-B; without {@code beans.xml}. */
    static WebArchive withBeans(String name) {
        return withStartup(name).addPackage(BeanHub.class.getPackage());
    }
}
