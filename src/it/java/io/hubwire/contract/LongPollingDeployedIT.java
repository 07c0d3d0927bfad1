package io.hubwire.contract;

import io.hubwire.kit.client.TestTransport;

class LongPollingDeployedIT extends DeployedContract {

    @Override
    TestTransport transport() {
        return TestTransport.LONG_POLLING;
    }
}
