package io.hubwire.contract;

import io.hubwire.kit.client.TestTransport;

class ServerSentEventsFarmIT extends FarmContract {

    @Override
    TestTransport transport() {
        return TestTransport.SERVER_SENT_EVENTS;
    }
}
