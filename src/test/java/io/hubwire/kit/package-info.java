/** What tests share: contract suites that every implementation must pass, fakes, and the audit after each test. */
package io.hubwire.kit;
