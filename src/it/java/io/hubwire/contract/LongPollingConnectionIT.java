package io.hubwire.contract;

import io.hubwire.kit.client.TestTransport;

class LongPollingConnectionIT extends ConnectionContract {

    @Override
    TestTransport transport() {
        return TestTransport.LONG_POLLING;
    }
}
