package io.hubwire.signalr.bus;

import io.hubwire.kit.MessageBusContract;
import io.hubwire.kit.SharedLog;
import java.util.List;

/** Two nodes over one log. */
class FarmBusTest extends MessageBusContract {
    private final SharedLog log = new SharedLog(20_240_101);

    @Override
    protected List<MessageLog> logs() {
        return List.of(log.node(), log.node());
    }

    @Override
    protected void endLogs() {
        log.close();
    }
}
