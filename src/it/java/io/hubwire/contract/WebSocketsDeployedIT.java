package io.hubwire.contract;

import io.hubwire.kit.client.TestTransport;

class WebSocketsDeployedIT extends DeployedContract {

    @Override
    TestTransport transport() {
        return TestTransport.WEB_SOCKETS;
    }
}
