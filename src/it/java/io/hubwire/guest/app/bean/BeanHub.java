package io.hubwire.guest.app.bean;

import io.hubwire.signalr.hub.Hub;
import io.hubwire.signalr.hub.HubName;
import jakarta.inject.Inject;

/** A hub for servers that have CDI and JSON-B. */
@HubName("bean")
public class BeanHub extends Hub {
    @Inject
    Greeter greeter;

    public String greet(String name) {
        return greeter.greet(name);
    }

    public void announce(String text) {
        greeter.announce(text);
    }

    public Parcel readdress(Parcel parcel, String receiver) {
        parcel.setReceiver(parcel.getReceiver() + " at " + receiver);
        return parcel;
    }
}
