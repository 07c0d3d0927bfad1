package io.hubwire.contract;

import io.hubwire.kit.client.TestTransport;

class ForeverFrameConnectionIT extends ConnectionContract {

    @Override
    TestTransport transport() {
        return TestTransport.FOREVER_FRAME;
    }
}
