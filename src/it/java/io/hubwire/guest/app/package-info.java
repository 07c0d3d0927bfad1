/** A web application of somebody else, as small as can be; deployed to installed servers with nothing but the library. Sees the library alone. */
package io.hubwire.guest.app;
