package io.hubwire.contract;

import io.hubwire.kit.client.TestTransport;

class WebSocketsFarmIT extends FarmContract {

    @Override
    TestTransport transport() {
        return TestTransport.WEB_SOCKETS;
    }
}
