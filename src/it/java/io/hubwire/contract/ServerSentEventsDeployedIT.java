package io.hubwire.contract;

import io.hubwire.kit.client.TestTransport;

class ServerSentEventsDeployedIT extends DeployedContract {

    @Override
    TestTransport transport() {
        return TestTransport.SERVER_SENT_EVENTS;
    }
}
