package io.hubwire.contract;

import io.hubwire.kit.client.TestTransport;

class ForeverFrameFarmIT extends FarmContract {

    @Override
    TestTransport transport() {
        return TestTransport.FOREVER_FRAME;
    }
}
