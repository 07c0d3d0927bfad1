package io.hubwire.push.api;

import io.hubwire.signalr.hosting.rest.NegotiateFace;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Set;

/** The REST interface. Named one by one, so that no other resource in the archive becomes part of it. */
@ApplicationPath("/api")
public class ApiApplication extends Application {

    @Override
    public Set<Class<?>> getClasses() {
        return Set.of(
                TokenResource.class,
                SignOutResource.class,
                ConnectTicketResource.class,
                MeResource.class,
                PeopleResource.class,
                FollowResource.class,
                CategoryResource.class,
                FileResource.class,
                InboxResource.class,
                DemoUserResource.class,
                OperationsResource.class,
                BodyReading.class,
                ProblemMapper.class,
                NegotiateFace.class);
    }
}
