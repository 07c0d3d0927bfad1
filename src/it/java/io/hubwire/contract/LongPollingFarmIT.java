package io.hubwire.contract;

import io.hubwire.kit.client.TestTransport;

class LongPollingFarmIT extends FarmContract {

    @Override
    TestTransport transport() {
        return TestTransport.LONG_POLLING;
    }
}
