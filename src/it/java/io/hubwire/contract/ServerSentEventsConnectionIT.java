package io.hubwire.contract;

import io.hubwire.kit.client.TestTransport;

class ServerSentEventsConnectionIT extends ConnectionContract {

    @Override
    TestTransport transport() {
        return TestTransport.SERVER_SENT_EVENTS;
    }
}
