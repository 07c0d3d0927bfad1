package io.hubwire.guest.app.bean;

import io.hubwire.signalr.hosting.cdi.ForHub;
import io.hubwire.signalr.hub.ClientProxy;
import io.hubwire.signalr.hub.HubContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** A bean that is given to {@link BeanHub}, and is given that hub's clients. */
@ApplicationScoped
public class Greeter {
    @Inject
    @ForHub(BeanHub.class)
    HubContext<ClientProxy> hub;

    public String greet(String name) {
        return "Good day, " + name;
    }

    public void announce(String text) {
        hub.clients().all().invoke("message", text);
    }
}
