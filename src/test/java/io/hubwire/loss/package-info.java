/**
 * "Lossless, or told", checked: numbered messages to many clients over a bad network. The ledger knows what was published, received and reported; the
 * run around it is an integration test.
 */
package io.hubwire.loss;
