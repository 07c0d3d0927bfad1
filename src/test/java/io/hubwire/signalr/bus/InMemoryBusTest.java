package io.hubwire.signalr.bus;

import io.hubwire.kit.MessageBusContract;
import java.util.List;

class InMemoryBusTest extends MessageBusContract {

    @Override
    protected List<MessageLog> logs() {
        return List.of(new InMemoryLog());
    }
}
