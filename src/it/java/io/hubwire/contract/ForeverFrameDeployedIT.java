package io.hubwire.contract;

import io.hubwire.kit.client.TestTransport;

class ForeverFrameDeployedIT extends DeployedContract {

    @Override
    TestTransport transport() {
        return TestTransport.FOREVER_FRAME;
    }
}
