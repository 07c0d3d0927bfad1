package io.hubwire.contract;

import io.hubwire.kit.client.TestTransport;

class WebSocketsConnectionIT extends ConnectionContract {

    @Override
    TestTransport transport() {
        return TestTransport.WEB_SOCKETS;
    }
}
