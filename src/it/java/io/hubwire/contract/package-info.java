/**
 * What every transport must do, as one list that runs over each of them against a real server on a real port. A transport joins by a subclass that names
 * it.
 */
package io.hubwire.contract;
