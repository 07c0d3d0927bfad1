/** What fuzz tests share: inputs, valid and spoilt, and the seeds that make a run repeatable. */
package io.hubwire.kit.fuzz;
