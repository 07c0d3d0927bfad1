package io.hubwire.push.browser;

import io.hubwire.deployment.InstalledServer;
import java.net.URI;
import java.net.URL;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/** The story in an installed server, below a context path. */
@Tag("browser")
@Tag("container")
@ExtendWith(ArquillianExtension.class)
class UploadStoryDeployedIT extends UploadStory {

    @ArquillianResource
    private URL site;

    @Deployment(testable = false)
    static WebArchive archive() {
        return InstalledServer.application("hubwire.war");
    }

    /** The tests share a deployment: what Bob was told by the one before he has read. */
    @Override
    URI open() throws Exception {
        InstalledServer.signedIn(site, "bob").post("/api/inbox/read", "{\"all\":true}");
        return InstalledServer.uri(site);
    }

    @Override
    URI openForBob() {
        return InstalledServer.uri(site);
    }
}
